namespace Custody.Chains.Evm;

/// <summary>The node answered, but not with an answer: malformed, contradictory, or a JSON-RPC error.</summary>
public sealed class NodeAnswerException : Exception
{
    /// <summary>With no more to say.</summary>
    public NodeAnswerException()
    {
    }

    /// <summary>With what is wrong.</summary>
    public NodeAnswerException(string message)
        : base(message)
    {
    }

    /// <summary>With what is wrong and why.</summary>
    public NodeAnswerException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
