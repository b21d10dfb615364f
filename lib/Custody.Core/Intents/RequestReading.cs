using Custody.Core.Results;

namespace Custody.Core.Intents;

/// <summary>The outcome of reading a request body.</summary>
public abstract record RequestReading
{
    private RequestReading()
    {
    }

    /// <summary>Well-formed.</summary>
    public sealed record Read(WithdrawalRequest Request) : RequestReading;

    /// <summary>Not; <paramref name="Field"/> names the member, and is empty when the body as a whole is wrong.</summary>
    public sealed record Invalid(RefusalCode Code, string Field, string Detail) : RequestReading;
}
