using Custody.Core.Results;

namespace Custody.Core.Approvals.WebAuthn;

/// <summary>
/// Rule: an authenticator's counter grows; one that went back, or stood still, may be a second authenticator with the same
/// key (WebAuthn Level 3 §6.1.1). One that never counts says 0 each time.
/// </summary>
public static class CounterRule
{
    /// <summary>Compares a counter with the last one that was seen.</summary>
    public static Verdict Check(uint last, uint now) => now > last || (now == 0 && last == 0)
        ? Verdict.Allowed
        : Verdict.Refused(RefusalCode.WebAuthnCounterBack, $"The authenticator's counter is {now} after {last}: its key may have been cloned.");
}
