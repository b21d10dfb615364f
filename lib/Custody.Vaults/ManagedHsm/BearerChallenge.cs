using System.Text;
using System.Text.RegularExpressions;

namespace Custody.Vaults.ManagedHsm;

/// <summary>
/// What a 401 asks for (RFC 6750, section 3; Key Vault "Authentication, requests and responses"):
/// <c>Bearer authorization="https://login…/TENANT", resource="https://managedhsm.azure.net"</c>.
/// </summary>
/// <param name="Scope">The scope of the token that is asked for; null in a challenge that asks for more claims only.</param>
/// <param name="Tenant">The tenant that issues it, where the challenge names one.</param>
/// <param name="Claims">The claims that the token must fulfil besides (continuous access evaluation).</param>
internal sealed partial record BearerChallenge(string? Scope, string? Tenant, string? Claims)
{
    private const string Scheme = "Bearer ";

    /// <summary>Reads the WWW-Authenticate values; null if none is one Bearer challenge with each parameter once.</summary>
    public static BearerChallenge? Parse(IEnumerable<string> headers)
    {
        var bearer = headers.Select(h => h.Trim()).Where(h => h.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)).ToList();
        if (bearer.Count != 1)
        {
            return null;
        }

        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Parameter().Matches(bearer[0][Scheme.Length..]))
        {
            if (!parameters.TryAdd(match.Groups["name"].Value, match.Groups["value"].Value))
            {
                return null;
            }
        }

        var scope = parameters.GetValueOrDefault("resource") is { } resource ? $"{resource.TrimEnd('/')}/.default" : parameters.GetValueOrDefault("scope");
        var claims = parameters.GetValueOrDefault("error") == "insufficient_claims" ? Decoded(parameters.GetValueOrDefault("claims")) : null;
        return scope is null && claims is null
            ? null
            : new BearerChallenge(scope, TenantOf(parameters.GetValueOrDefault("authorization") ?? parameters.GetValueOrDefault("authorization_uri")), claims);
    }

    /// <summary>
    /// Why the token that is asked for must not go to this HSM, or null. The resource must be the HSM's own domain without the
    /// HSM's name: a host that asks for a token of another service would collect it and use it there
    /// (https://aka.ms/azsdk/blog/vault-uri). Stricter than Microsoft's clients, for which any suffix of the name will do.
    /// </summary>
    public string? Refusal(Uri hsm) =>
        !Uri.TryCreate(Scope, UriKind.Absolute, out var scope) || scope.Scheme != Uri.UriSchemeHttps || scope.AbsolutePath != "/.default"
            || scope.Query.Length > 0 || scope.UserInfo.Length > 0 || !scope.IsDefaultPort
            ? "the challenge names no https resource"
            : !string.Equals(scope.IdnHost, hsm.IdnHost[(hsm.IdnHost.IndexOf('.', StringComparison.Ordinal) + 1)..], StringComparison.OrdinalIgnoreCase)
                ? $"the challenge asks for a token of '{scope.IdnHost}', which is not the domain of '{hsm.IdnHost}'"
                : null;

    private static string? TenantOf(string? authorization) =>
        Uri.TryCreate(authorization, UriKind.Absolute, out var uri) && uri.Segments.Length > 1 ? uri.Segments[1].TrimEnd('/') : null;

    private static string? Decoded(string? base64)
    {
        var bytes = new byte[base64?.Length ?? 0];
        return base64 is not null && Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    [GeneratedRegex("""(?<name>[A-Za-z_]+)\s*=\s*"(?<value>[^"]*)" """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Parameter();
}
