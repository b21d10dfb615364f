using System.Security.Cryptography.X509Certificates;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Functions.Governance;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Roles;

/// <summary>Lets a call in when the connection's certificate proves a role that may make it. What stops it after that is a problem (RFC 9457), and bugs are the log's.</summary>
public sealed partial class RoleDoor(RoleSetting setting, RoleCertificates certificates, ILogger<RoleDoor> log)
{
    /// <summary>Handles a call.</summary>
    public async Task HandleAsync(HttpContext http, RequestDelegate next)
    {
        var (caller, reason) = certificates.RoleOf(http.Connection.ClientCertificate);
        if (!RoleCalls.MayCall(caller, http.Request.Path, setting.Role))
        {
            Refused(log, RoleCertificates.Text(caller), http.Request.Path, reason ?? "not its call");
            await Problems.Of(RefusalCode.RoleNotAllowed, "This role may not make this call.").ExecuteAsync(http);
            return;
        }

        RoleEndpoint.SetCaller(http, caller);
        try
        {
            await next(http);
        }
        catch (GovernanceRefusedException refused)
        {
            await Problems.Of(refused.Code, "Governance in force does not verify; nothing can be authorised.").ExecuteAsync(http);
        }
        catch (JournalBrokenException)
        {
            await Problems.Of(RefusalCode.JournalBroken, "A journal does not verify; nothing can be authorised.").ExecuteAsync(http);
        }
        catch (RoleUnavailableException away)
        {
            await Problems.Of(RefusalCode.RoleUnavailable, away.Message).ExecuteAsync(http);
        }
    }

    /// <summary>Whether a connection's certificate proves any role; who cannot is not spoken to at all.</summary>
    public bool Knows(X509Certificate2 certificate)
    {
        var (role, reason) = certificates.RoleOf(certificate);
        if (role == CustodyRole.Unknown)
        {
            Stranger(log, reason ?? "");
        }

        return role != CustodyRole.Unknown;
    }

    [LoggerMessage(9010, LogLevel.Warning, "The {Caller} was refused {Path}: {Reason}")]
    private static partial void Refused(ILogger log, string caller, string path, string reason);

    [LoggerMessage(9011, LogLevel.Warning, "A connection was refused: its certificate proves no role: {Reason}")]
    private static partial void Stranger(ILogger log, string reason);
}
