using System.Net;
using Microsoft.AspNetCore.Http;

namespace Custody.Functions.Http;

/// <summary>Where a call comes from.</summary>
public static class CallerAddress
{
    /// <summary>
    /// The last address of the trusted header, which the nearest proxy wrote; what stands before it anybody can write. Without
    /// a header, the connection's. Null when neither says one: a key with ranges is then refused.
    /// </summary>
    public static IPAddress? Of(HttpContext http, string? trustedHeader)
    {
        if (trustedHeader is null)
        {
            return http.Connection.RemoteIpAddress;
        }

        var last = http.Request.Headers[trustedHeader].ToString().Split(',')[^1].Trim();
        return IPEndPoint.TryParse(last, out var endpoint) ? endpoint.Address : null;
    }
}
