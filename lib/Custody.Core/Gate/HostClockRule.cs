using Custody.Core.Encoding;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Gate;

/// <summary>
/// Rule: the host's clock is not behind the chain's newest final block, which is itself of the past. By a clock that is, what a
/// journal records would be dated back, and a delay that counts from there would be past too soon. It is waited for.
/// </summary>
public static class HostClockRule
{
    /// <summary>Whoever makes a block may date it ahead by seconds; a clock that is wrong is wrong by more.</summary>
    public static readonly TimeSpan Tolerance = Jws.ClockSkew + TimeSpan.FromMinutes(5);

    /// <summary>Compares the clocks; without the chain's nobody knows.</summary>
    public static Verdict Check(Clocks now) =>
        now.Chain is not { } chain ? Verdict.Refused(RefusalCode.NodeUnavailable, "The chain gives no time to hold the host's clock against.")
        : chain - now.Host > Tolerance ? Verdict.Refused(
            RefusalCode.HostClockBehind, $"The host's clock says {InstantJsonConverter.Format(now.Host)}, and the chain's newest final block is of {InstantJsonConverter.Format(chain)}.")
        : Verdict.Allowed;
}
