namespace Custody.Chains.Evm;

/// <summary>
/// Too few of a chain's providers answered, or they contradict each other: nothing is known, and what depends on it waits until
/// a majority agrees. People were told, so it may wait for as long as it takes.
/// </summary>
public sealed class NodeQuorumException : NodeUnavailableException
{
    /// <summary>With no more to say.</summary>
    public NodeQuorumException()
    {
    }

    /// <summary>With what they disagree about.</summary>
    public NodeQuorumException(string message)
        : base(message)
    {
    }

    /// <summary>With what they disagree about and why.</summary>
    public NodeQuorumException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
