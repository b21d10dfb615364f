using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Logging;

namespace Custody.Vaults.ManagedHsm;

/// <summary>
/// Key Vault's challenge authentication: the first request goes out without token and body, the 401 says which token is wanted,
/// and only a challenge for the HSM's own domain gets one. The token is kept until shortly before it expires.
/// </summary>
internal sealed class ChallengePolicy(ManagedHsmOptions options, TokenCredential credential, TimeProvider time, ILogger logger) : HttpPipelinePolicy
{
    private const string SentWhole = "custody.sent-whole";
    private readonly SemaphoreSlim _turn = new(1);
    private volatile Held? _held;

    /// <summary>True once the request went out with its body and a token: from then on it may have been carried out.</summary>
    public static bool WasSentWhole(HttpMessage message) => message.TryGetProperty(SentWhole, out _);

    /// <inheritdoc />
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("An HSM is asked asynchronously.");

    /// <inheritdoc />
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var held = _held;
        if (held is null)
        {
            await AskForChallengeAsync(message, pipeline).ConfigureAwait(false);
            if (message.Response.Status != 401)
            {
                return;
            }

            held = await AnswerAsync(message, null).ConfigureAwait(false);
        }

        held = await CurrentAsync(held, message.CancellationToken).ConfigureAwait(false);
        await SendAsync(message, pipeline, held).ConfigureAwait(false);
        if (message.Response.Status == 401)
        {
            // The token was revoked, or the vault moved to another tenant, or more claims are wanted: once more with what it asks for now.
            await SendAsync(message, pipeline, await AnswerAsync(message, held).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private static async ValueTask AskForChallengeAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        // Without the body: whoever is not yet known to be the HSM does not learn what is to be signed.
        var content = message.Request.Content;
        message.Request.Content = null;
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        message.Request.Content = content;
        if (message.Response.Status is >= 200 and < 300)
        {
            throw new HsmProblemException(HsmProblem.ChallengeRefused, "the host answers without asking who we are");
        }
    }

    private static ValueTask SendAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline, Held held)
    {
        message.Request.Headers.SetValue(HttpHeader.Names.Authorization, $"Bearer {held.Token.Token}");
        message.SetProperty(SentWhole, true);
        return ProcessNextAsync(message, pipeline);
    }

    // The token that a 401 asks for, if it may have one.
    private async ValueTask<Held> AnswerAsync(HttpMessage message, Held? refused)
    {
        var headers = message.Response.Headers.TryGetValues("WWW-Authenticate", out var values) ? values : [];
        if (BearerChallenge.Parse(headers) is not { } challenge)
        {
            throw new HsmProblemException(
                refused is null ? HsmProblem.ChallengeRefused : HsmProblem.NotAuthenticated,
                refused is null ? "the host's challenge cannot be read" : "the token was refused without a challenge");
        }

        if (challenge.Scope is null)
        {
            // More claims for the token that was refused; without one there is nothing to add them to.
            return refused is null
                ? throw new HsmProblemException(HsmProblem.ChallengeRefused, "the challenge names no resource")
                : await ObtainAsync(refused.Scope, refused.Tenant, challenge.Claims, refused, message.CancellationToken).ConfigureAwait(false);
        }

        return challenge.Refusal(options.HsmUri) is { } refusal
            ? throw new HsmProblemException(HsmProblem.ChallengeRefused, refusal)
            : await ObtainAsync(challenge.Scope, challenge.Tenant, challenge.Claims, refused, message.CancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<Held> CurrentAsync(Held held, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (now < held.Token.ExpiresOn - options.TokenRefreshMargin && !(now >= held.Token.RefreshOn))
        {
            return held;
        }

        try
        {
            return await ObtainAsync(held.Scope, held.Tenant, null, held, cancellation).ConfigureAwait(false);
        }
        catch (HsmProblemException problem) when (now < held.Token.ExpiresOn)
        {
            ManagedHsmLog.TokenNotRenewed(logger, options.HsmUri.Host, problem.Message, held.Token.ExpiresOn);
            return held;
        }
    }

    // One request at a time obtains a token; those that waited for it take it over.
    private async ValueTask<Held> ObtainAsync(string scope, string? tenant, string? claims, Held? instead, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_held is { } meanwhile && meanwhile != instead && meanwhile.Scope == scope && claims is null)
            {
                return meanwhile;
            }

            var token = await credential
                .GetTokenAsync(new TokenRequestContext([scope], parentRequestId: null, claims, tenant, isCaeEnabled: true), cancellation)
                .ConfigureAwait(false);
            if (token.ExpiresOn <= time.GetUtcNow())
            {
                throw new HsmProblemException(HsmProblem.NotAuthenticated, "the token obtained has expired already");
            }

            ManagedHsmLog.TokenObtained(logger, options.HsmUri.Host, token.ExpiresOn);
            return _held = new Held(scope, tenant, token);
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not HsmProblemException)
        {
            // Its message may quote an identity provider's answer, so only its kind is told.
            throw new HsmProblemException(HsmProblem.NotAuthenticated, $"no token could be obtained: {failure.GetType().Name}");
        }
        finally
        {
            _turn.Release();
        }
    }

    private sealed record Held(string Scope, string? Tenant, AccessToken Token)
    {
        // A record prints its members, and this one must never be printed.
        public override string ToString() => nameof(Held);
    }
}
