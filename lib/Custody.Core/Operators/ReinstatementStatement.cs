namespace Custody.Core.Operators;

/// <summary>An operator's half of a device's reinstatement (typ <c>custody-reinstatement+jws</c>); two different people's make one.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="ApproverId">Whose device.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="SuspensionSequence">The stop journal's line that suspended it, so that an old statement never lifts a new suspension.</param>
/// <param name="OperatorId">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="SignedAt">When.</param>
/// <param name="ExpiresAt">From then on it no longer counts.</param>
public sealed record ReinstatementStatement(
    int Version, string ApproverId, string DeviceId, long SuspensionSequence, string OperatorId, string Reason, DateTimeOffset SignedAt, DateTimeOffset ExpiresAt);
