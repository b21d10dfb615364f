namespace Custody.Chains.Evm;

/// <summary>The node gave no answer: not reached, timed out, or an HTTP error. It may have done what was asked.</summary>
public class NodeUnavailableException : Exception
{
    /// <summary>With no more to say.</summary>
    public NodeUnavailableException()
    {
    }

    /// <summary>With what happened.</summary>
    public NodeUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With what happened and why.</summary>
    public NodeUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
