namespace Custody.Core.Whitelisting;

/// <summary>What a person says about a whitelist entry (typ <c>custody-whitelist-statement+jws</c>).</summary>
/// <param name="Version">Always 1.</param>
/// <param name="EntryId">The entry.</param>
/// <param name="EntryDigest">Its digest, hex.</param>
/// <param name="Action">What is to happen.</param>
/// <param name="ActorId">Who: the client, operator or approver.</param>
/// <param name="Reason">Why.</param>
/// <param name="SignedAt">When.</param>
/// <param name="ExpiresAt">From then on it can no longer be handed in.</param>
/// <param name="DeviceId">The approver's device; absent for others.</param>
/// <param name="SuspensionSequence">For a reinstatement: the stop journal's line that suspended it, so that an old one never lifts a new suspension.</param>
public sealed record WhitelistStatement(
    int Version,
    string EntryId,
    string EntryDigest,
    WhitelistAction Action,
    string ActorId,
    string Reason,
    DateTimeOffset SignedAt,
    DateTimeOffset ExpiresAt,
    string? DeviceId = null,
    long? SuspensionSequence = null);
