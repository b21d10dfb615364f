using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;
using Custody.Testing.World;

namespace Custody.Core.Tests.Whitelisting;

/// <summary>Signed entries, statements and journal lines for these tests.</summary>
internal static class WhitelistTexts
{
    public static readonly DateTimeOffset Start = CustodyWorld.Start;

    /// <summary>Shares its first and last four characters with the world's destination.</summary>
    public const string Near = "0x70991234C51812dc3A010C7d01b50e0d17dc79C8";

    public static WhitelistEntry Entry(string id, string address, string client = "exchange-a") => new(
        1, id, client, "customer-7", SampleGovernance.Chain, Core.Assets.EvmAddress.Parse(address.ToLowerInvariant()).ToString(), null, "a ledger", Start.AddDays(-1));

    public static SignedDocument Sign(WhitelistEntry entry, params SoftwareKey[] keys) =>
        Signing.Document(DocumentType.WhitelistEntry, entry, Start.AddDays(-4), keys);

    public static StopFact Activation(WhitelistEntry entry, params SoftwareKey[] keys) =>
        new(StopKind.EntryActivated, entry.EntryId, "activated", Digest: entry.Digest(), Evidence: WhitelistEvidence.Of(Sign(entry, [People.Exchange, .. keys])));

    public static WhitelistStatement Statement(WhitelistEntry entry, WhitelistAction action, string actor, string? device = null, long? suspension = null) => new(
        1, entry.EntryId, entry.Digest(), action, actor, "a reason", Start.AddDays(-3).AddMinutes(-1), Start.AddHours(1), device, suspension);

    public static string Sign(WhitelistStatement statement, SoftwareKey key) => key.Sign(DocumentType.WhitelistStatement, statement, statement.SignedAt);

    public static string Reinstate(WhitelistEntry entry, string approver, long suspension) =>
        Sign(Statement(entry, WhitelistAction.Reinstate, approver, $"{approver}-phone", suspension), People.DeviceOf(approver));

    public static Governed With(WhitelistTerms terms) =>
        (CustodyWorld.Default with { Governance = SampleGovernance.Document with { Whitelist = terms } }).Governed;
}
