using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Custody.Testing.ManagedHsm;

/// <summary>
/// The token endpoint that App Service gives an app with a managed identity (its REST reference, API version 2019-08-01). Its tokens
/// are the double's, and short-lived, so that a client's cache never gives one twice.
/// </summary>
public sealed class IdentityEndpoint : IAsyncDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);
    private readonly WebApplication _app;

    private IdentityEndpoint(WebApplication app) => _app = app;

    /// <summary>What IDENTITY_ENDPOINT is to be.</summary>
    public string Url { get; private set; } = "";

    /// <summary>What IDENTITY_HEADER is to be.</summary>
    public string Secret { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The resources that tokens were asked for.</summary>
    public ConcurrentQueue<string> Resources { get; } = new();

    /// <summary>Starts one that issues a double's tokens.</summary>
    public static async Task<IdentityEndpoint> StartAsync(ManagedHsmServer server, HsmPermissions permissions = HsmPermissions.Signer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var endpoint = new IdentityEndpoint(app);
        app.MapGet("/msi/token", (HttpRequest request) =>
        {
            if (request.Headers["X-IDENTITY-HEADER"] != endpoint.Secret)
            {
                return Results.StatusCode(StatusCodes.Status403Forbidden);
            }

            endpoint.Resources.Enqueue(request.Query["resource"].ToString());
            return Results.Json(new Dictionary<string, string>
            {
                ["access_token"] = server.IssueToken(permissions),
                ["expires_on"] = (TimeProvider.System.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                ["resource"] = request.Query["resource"].ToString(),
                ["token_type"] = "Bearer",
                ["client_id"] = "22222222-2222-3333-4444-555555555555",
            });
        });
        await app.StartAsync();
        endpoint.Url = $"{app.Urls.Single()}/msi/token";
        return endpoint;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
