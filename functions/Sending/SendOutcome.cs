using Custody.Chains.Evm;
using Custody.Core.Results;

namespace Custody.Functions.Sending;

/// <summary>What became of bytes that were to be sent.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>They were handed over, and this is the node's answer, in which Unknown is never failure.</summary>
    public sealed record Answered(BroadcastAnswer Answer) : SendOutcome;

    /// <summary>They were not handed over.</summary>
    public sealed record Refused(RefusalCode Code, string Detail) : SendOutcome;

    /// <summary>Nobody knows whether they were: only the chain tells.</summary>
    public sealed record Unknown(RefusalCode Code, string Detail) : SendOutcome;
}
