using System.Net;
using System.Security.Authentication;
using Custody.Functions.Composition;
using Custody.Functions.Governance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Roles;

/// <summary>
/// The process of the signer or the sender: no Functions host and no task hub, only that role's calls over TLS with a client
/// certificate. Its settings come from the environment.
/// </summary>
public static class RoleHost
{
    private const int LongestCall = 1024 * 1024;

    /// <summary>Whether this process is to be one: only the environment says so, before any host is made.</summary>
    public static bool IsAskedFor(IConfiguration environment) => environment["Custody:Role"] is { } role and not ("pipeline" or "all") && role.Length > 0;

    /// <summary>The process's environment as configuration.</summary>
    public static IConfigurationRoot Environment() => new ConfigurationBuilder().AddEnvironmentVariables().Build();

    /// <summary>Composes the role's host. Throws <see cref="SettingsException"/> when a setting is missing, malformed, or another role's.</summary>
    public static WebApplication Build(IConfiguration configuration)
    {
        var settings = SettingsReader.Read(configuration);
        var setting = settings.Split!;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddCustodyRole(settings);
        builder.Logging.AddSimpleConsole(o => o.SingleLine = true);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Azure", LogLevel.Warning);
        // A handshake without a certificate ends before anything of ours sees it; the server's own line is all that tells of it.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Https.Internal.HttpsConnectionMiddleware", LogLevel.Debug);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel((_, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestCall;
            kestrel.Listen(IPAddress.Parse(setting.Listen!.Host.Trim('[', ']')), setting.Listen.Port, listen => listen.UseHttps(tls =>
            {
                var door = kestrel.ApplicationServices.GetRequiredService<RoleDoor>();
                tls.ServerCertificate = kestrel.ApplicationServices.GetRequiredService<RoleCertificates>().Own;
                tls.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                tls.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                tls.CheckCertificateRevocation = false;
                tls.ClientCertificateValidation = (certificate, _, _) => door.Knows(certificate);
            }));
        });

        var app = builder.Build();
        var door = app.Services.GetRequiredService<RoleDoor>();
        app.Use(door.HandleAsync);
        app.MapGet(RoleCalls.Health, HealthAsync);
        if (setting.Role == CustodyRole.Signer)
        {
            SignerEndpoints.Map(app);
        }
        else
        {
            SenderEndpoints.Map(app);
        }

        return app;
    }

    private static async Task HealthAsync(HttpContext http)
    {
        var governance = http.RequestServices.GetRequiredService<GovernanceSource>();
        var isAble = await governance.ReadAsync(http.RequestAborted) is GovernanceSnapshot.InForce;
        http.Response.StatusCode = isAble ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        await http.Response.WriteAsJsonAsync(new { status = isAble ? "ok" : "refusing" }, http.RequestAborted);
    }
}
