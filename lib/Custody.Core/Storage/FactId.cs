using System.Globalization;

namespace Custody.Core.Storage;

/// <summary>The ids of facts.</summary>
public static class FactId
{
    /// <summary>Governance version 1: there is only one.</summary>
    public static string Governance(int version) => version.ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>A governance version: of a later one several may be proposed, and the stop journal says which is in force.</summary>
    public static string Governance(int version, string digest) => version <= 1 ? Governance(version) : $"{Governance(version)}-{digest}";

    /// <summary>A customer of a client; the colon is in no identifier, so two pairs never share an id.</summary>
    public static string Customer(string clientId, string customerId) => $"{clientId}:{customerId}";

    /// <summary>The beginning of the ids of every half of a freeze's thaw.</summary>
    public static string ThawHalves(long freezeSequence) => string.Create(CultureInfo.InvariantCulture, $"{freezeSequence:D8}:");

    /// <summary>An operator's half of the thaw of a freeze; one that expired is signed again as a half of its own.</summary>
    public static string ThawHalf(long freezeSequence, string operatorId, string compact) =>
        $"{ThawHalves(freezeSequence)}{operatorId}:{Encoding.DomainDigest.Hex("custody/thaw/v1", System.Text.Encoding.ASCII.GetBytes(compact))[..16]}";

    /// <summary>The beginning of the ids of every half of a sanctions list.</summary>
    public static string SanctionsListHalves(string digest) => $"{digest}:";

    /// <summary>An operator's half of a sanctions list; one that expired is signed again as a half of its own.</summary>
    public static string SanctionsListHalf(string digest, string operatorId, string compact) =>
        $"{SanctionsListHalves(digest)}{operatorId}:{Encoding.DomainDigest.Hex("custody/sanctions-half/v1", System.Text.Encoding.ASCII.GetBytes(compact))[..16]}";

    /// <summary>The beginning of the ids of every half of a suspension's end.</summary>
    public static string ReinstatementHalves(long suspensionSequence) => string.Create(CultureInfo.InvariantCulture, $"{suspensionSequence:D8}:");

    /// <summary>An operator's half of a reinstatement; one that expired is signed again as a half of its own.</summary>
    public static string ReinstatementHalf(long suspensionSequence, string operatorId, string compact) =>
        $"{ReinstatementHalves(suspensionSequence)}{operatorId}:{Encoding.DomainDigest.Hex("custody/reinstatement/v1", System.Text.Encoding.ASCII.GetBytes(compact))[..16]}";

    /// <summary>The beginning of the ids of every half of an order that a chain is read again, by the hash of the block at which its watcher stands.</summary>
    public static string RewindHalves(string fromHash) => $"{fromHash}:";

    /// <summary>An operator's half of such an order; one that expired, or another mind, is a half of its own.</summary>
    public static string RewindHalf(string fromHash, string operatorId, string compact) =>
        $"{RewindHalves(fromHash)}{operatorId}:{Encoding.DomainDigest.Hex("custody/rewind/v1", System.Text.Encoding.ASCII.GetBytes(compact))[..16]}";
}
