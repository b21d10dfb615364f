namespace Custody.Testing.ManagedHsm;

/// <summary>What the double does to one request instead of serving it.</summary>
public abstract record HsmTrick
{
    private HsmTrick()
    {
    }

    /// <summary>Answers with an error; for a 429 or 503 with a Retry-After as it stands.</summary>
    public sealed record Error(int Status, string Code, string? RetryAfter = null) : HsmTrick;

    /// <summary>Answers 200 with this text.</summary>
    public sealed record Answer(string Body) : HsmTrick;

    /// <summary>Cuts the connection without doing anything.</summary>
    public sealed record CutBefore : HsmTrick;

    /// <summary>Does what is asked, then cuts the connection instead of answering.</summary>
    public sealed record CutAfter : HsmTrick;

    /// <summary>Does what is asked, answers with a part, and cuts.</summary>
    public sealed record CutWithin : HsmTrick;

    /// <summary>Does what is asked, then says 504 as a gateway would.</summary>
    public sealed record GatewayTimeout : HsmTrick;

    /// <summary>Never answers.</summary>
    public sealed record Hang : HsmTrick;

    /// <summary>Signs with another key, or another digest.</summary>
    public sealed record SignWith(Func<HsmKey, byte[], byte[]> Sign) : HsmTrick;

    /// <summary>Asks for a token again, in these words.</summary>
    public sealed record Challenge(string Header) : HsmTrick;
}
