using System.Collections.Concurrent;
using Azure.Core;

namespace Custody.Vaults.Tests.ManagedHsm;

/// <summary>Issues the double's tokens, and remembers what it was asked for.</summary>
public sealed class TestCredential(Func<string> issue, TimeProvider time) : TokenCredential
{
    public ConcurrentQueue<TokenRequestContext> Asked { get; } = new();

    public ConcurrentQueue<string> Issued { get; } = new();

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Thrown instead of an answer.</summary>
    public Exception? Failure { get; set; }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Asked.Enqueue(requestContext);
        if (Failure is { } failure)
        {
            throw failure;
        }

        var token = issue();
        Issued.Enqueue(token);
        return ValueTask.FromResult(new AccessToken(token, time.GetUtcNow() + Lifetime));
    }
}
