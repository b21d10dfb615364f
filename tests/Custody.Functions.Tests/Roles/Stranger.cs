using Custody.Cli.Roles;
using Custody.Testing.App;

namespace Custody.Functions.Tests.Roles;

/// <summary>Somebody who is no role, with a certificate that somebody might take for one.</summary>
internal static class Stranger
{
    public static HttpClient With(string certificate, string folder)
    {
        if (certificate == "none")
        {
            return RunningRoles.Client(null, null);
        }

        var now = TimeProvider.System.GetUtcNow();
        var (issued, key) = certificate switch
        {
            "another authority" => Issue(now, ["pipeline"]),
            "expired" => Issue(now - TimeSpan.FromDays(2), ["pipeline"]),
            "two roles" => Issue(now, ["pipeline", "sender"]),
            "no role" => Issue(now, []),
            "an unknown role" => Issue(now, ["auditor"]),
            _ => throw new ArgumentOutOfRangeException(nameof(certificate), certificate, "is not known"),
        };
        var (certificateFile, keyFile) = (Path.Combine(folder, $"{Guid.NewGuid():N}.pem"), Path.Combine(folder, $"{Guid.NewGuid():N}.key"));
        File.WriteAllText(certificateFile, issued);
        File.WriteAllText(keyFile, key);
        return RunningRoles.Client(certificateFile, keyFile);
    }

    private static (string Certificate, string Key) Issue(DateTimeOffset now, IReadOnlyList<string> roles)
    {
        using var authority = new RoleAuthority(now, TimeSpan.FromDays(1));
        return authority.Issue(roles);
    }
}
