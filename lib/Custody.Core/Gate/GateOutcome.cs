using Custody.Core.Results;

namespace Custody.Core.Gate;

/// <summary>What the gate answers.</summary>
public abstract record GateOutcome
{
    private GateOutcome()
    {
    }

    /// <summary>A signature over the approved intent exists and is stored.</summary>
    /// <param name="Sighash">What was signed, hex: the key to the stored bytes.</param>
    /// <param name="TransactionId">The transaction's id.</param>
    public sealed record Signed(string Sighash, string TransactionId) : GateOutcome;

    /// <summary>Refused. <paramref name="MayBeSigned"/> tells whether a signature exists or may exist for the withdrawal.</summary>
    public sealed record Refused(RefusalCode Code, string Detail, bool MayBeSigned) : GateOutcome;

    /// <summary>
    /// Not yet: a cooling-off runs until then, by the host's clock and the chain's; or, with a code, something that concerns
    /// every withdrawal must be mended first, such as a stale sanctions list or a vault's firmware.
    /// </summary>
    public sealed record NotYet(DateTimeOffset Until, RefusalCode Code = RefusalCode.Unspecified, string Detail = "") : GateOutcome;

    /// <summary>The vault gave no answer that can be relied on; the journal has the digest, and asking again is safe.</summary>
    public sealed record Unknown(RefusalCode Code, string Detail) : GateOutcome;
}
