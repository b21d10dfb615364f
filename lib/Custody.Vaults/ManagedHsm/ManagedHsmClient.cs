using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Custody.Core.Signatures;
using Microsoft.Extensions.Logging;

namespace Custody.Vaults.ManagedHsm;

/// <summary>
/// The few operations of the Key Vault REST API that a vault needs, on Azure.Core's pipeline. What may pass is tried again with
/// the very same bytes, within bounds; every other answer is told as it came.
/// </summary>
public sealed class ManagedHsmClient
{
    private const int MostBytes = 64 * 1024;
    private readonly ManagedHsmOptions _options;
    private readonly HttpPipeline _pipeline;
    private readonly TimeProvider _time;
    private readonly ILogger<ManagedHsmClient> _logger;
    private readonly HsmPause _pause;

    /// <summary>Nothing is asked of the HSM or of the credential before the first use.</summary>
    /// <param name="options">Which HSM.</param>
    /// <param name="credential">Who we are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="transport">How bytes travel; null: Azure.Core's own way.</param>
    public ManagedHsmClient(
        ManagedHsmOptions options, TokenCredential credential, TimeProvider time, ILogger<ManagedHsmClient> logger, HttpPipelineTransport? transport = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Checked();
        _time = time;
        _logger = logger;
        _pause = new HsmPause(_options, time, logger);
        var pipeline = new PipelineOptions { Retry = { MaxRetries = 0, NetworkTimeout = Timeout.InfiniteTimeSpan }, Diagnostics = { IsLoggingEnabled = false } };
        if (transport is not null)
        {
            pipeline.Transport = transport;
        }

        _pipeline = HttpPipelineBuilder.Build(pipeline, new ChallengePolicy(_options, credential, time, logger));
    }

    /// <summary>The HSM that is asked.</summary>
    public Uri HsmUri => _options.HsmUri;

    internal ManagedHsmOptions Options => _options;

    /// <summary>get-key: public key and attributes. Needs keys/read.</summary>
    internal Task<HsmReply> GetKeyAsync(ManagedHsmKeyId key, CancellationToken cancellation) =>
        SendAsync("get", RequestMethod.Get, key, "", null, cancellation);

    /// <summary>sign: r‖s over a digest, by this version of the key. Needs keys/sign.</summary>
    internal Task<HsmReply> SignAsync(ManagedHsmKeyId key, string algorithm, byte[] digest, CancellationToken cancellation) =>
        SendAsync("sign", RequestMethod.Post, key, "/sign", JsonSerializer.SerializeToUtf8Bytes(new { alg = algorithm, value = StrictBase64Url.Encode(digest) }), cancellation);

    /// <summary>get-key-attestation: the key with the evidence that an HSM holds it. Needs keys/read.</summary>
    internal Task<HsmReply> GetAttestationAsync(ManagedHsmKeyId key, CancellationToken cancellation) =>
        SendAsync("attest", RequestMethod.Get, key, "/attestation", null, cancellation);

    /// <summary>update-key without a change, to learn whether we may make one; a vault's identity may not.</summary>
    internal Task<HsmReply> UpdateNothingAsync(ManagedHsmKeyId key, CancellationToken cancellation) =>
        SendAsync("update", RequestMethod.Patch, key, "", "{}"u8.ToArray(), cancellation);

    private async Task<HsmReply> SendAsync(
        string operation, RequestMethod method, ManagedHsmKeyId key, string suffix, byte[]? body, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        if (await _pause.PassAsync(cancellation).ConfigureAwait(false) is { } left)
        {
            return HsmReply.Of(HsmProblem.Throttled, false, $"the HSM asked not to be asked for another {(long)left.TotalSeconds} s");
        }

        var mayHaveActed = false;
        for (var attempt = 1; ; attempt++)
        {
            var reply = await TryAsync(method, key, suffix, body, cancellation).ConfigureAwait(false);
            mayHaveActed |= reply.MayHaveActed;
            _pause.Heed(reply.RetryAfter);
            var delay = reply.RetryAfter ?? _options.DelayAfter(attempt);
            if (!HsmProblems.MayPass(reply.Problem) || attempt >= _options.MaxAttempts || reply.RetryAfter > _options.MaxRetryAfter
                || _time.GetElapsedTime(started) + delay > _options.TotalTimeout)
            {
                return reply with { MayHaveActed = mayHaveActed && reply.Problem != HsmProblem.None };
            }

            ManagedHsmLog.TriedAgain(_logger, operation, key.Text, attempt, reply.Problem, reply.Detail, (long)delay.TotalMilliseconds);
            await Task.Delay(delay, _time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<HsmReply> TryAsync(RequestMethod method, ManagedHsmKeyId key, string suffix, byte[]? body, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(_options.AttemptTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        using var message = Message(method, key, suffix, body);
        try
        {
            await _pipeline.SendAsync(message, either.Token).ConfigureAwait(false);
            return await ReadAsync(message, either.Token).ConfigureAwait(false);
        }
        catch (HsmProblemException problem)
        {
            // Thrown before the request was sent whole, or after a 401: it was not carried out.
            if (problem.Problem == HsmProblem.ChallengeRefused)
            {
                ManagedHsmLog.ChallengeRefused(_logger, _options.HsmUri.Host, problem.Message);
            }

            return HsmReply.Of(problem.Problem, false, problem.Message);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return HsmReply.Of(HsmProblem.TimedOut, ChallengePolicy.WasSentWhole(message), "no answer in time");
        }
        catch (Exception broken) when (broken is RequestFailedException or HttpRequestException or IOException)
        {
            var error = (broken as HttpRequestException ?? broken.InnerException as HttpRequestException)?.HttpRequestError;
            return HsmReply.Of(
                HsmProblem.Unreachable,
                ChallengePolicy.WasSentWhole(message) && !IsBeforeSending(error),
                $"the connection failed: {error?.ToString() ?? broken.GetType().Name}");
        }
    }

    private HttpMessage Message(RequestMethod method, ManagedHsmKeyId key, string suffix, byte[]? body)
    {
        var message = _pipeline.CreateMessage();
        message.BufferResponse = false;
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(_options.HsmUri, $"{key.Path}{suffix}?api-version={ManagedHsmOptions.ApiVersion}"));
        message.Request.Headers.SetValue(HttpHeader.Names.Accept, "application/json");
        if (body is not null)
        {
            message.Request.Content = RequestContent.Create(body);
            message.Request.Headers.SetValue(HttpHeader.Names.ContentType, "application/json");
        }

        return message;
    }

    private async Task<HsmReply> ReadAsync(HttpMessage message, CancellationToken cancellation)
    {
        var response = message.Response;
        var problem = HsmProblems.OfStatus(response.Status);
        var body = await BodyAsync(response.ContentStream, cancellation).ConfigureAwait(false);
        if (problem == HsmProblem.None && body is not null)
        {
            return new HsmReply(problem, false, "", body);
        }

        if (body is null)
        {
            return HsmReply.Of(HsmProblem.Malformed, ChallengePolicy.WasSentWhole(message), $"status {response.Status} with an answer that is too long");
        }

        return new HsmReply(
            problem,
            HsmProblems.MayHaveActed(problem) && ChallengePolicy.WasSentWhole(message),
            $"status {response.Status}{HsmErrorCode.Of(body)}",
            [],
            HsmProblems.MayPass(problem) && response.Headers.TryGetValue("Retry-After", out var after) ? RetryAfter.Parse(after, _time.GetUtcNow()) : null);
    }

    private static async Task<byte[]?> BodyAsync(Stream? stream, CancellationToken cancellation)
    {
        var buffer = new byte[MostBytes + 1];
        var length = stream is null ? 0 : await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return length > MostBytes ? null : buffer[..length];
    }

    private static bool IsBeforeSending(HttpRequestError? error) => error is
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private sealed class PipelineOptions : ClientOptions;
}
