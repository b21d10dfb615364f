using System.Security.Cryptography.X509Certificates;
using Custody.Cli.Roles;
using Custody.Functions.Roles;
using Custody.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Custody.Functions.Tests.Roles;

/// <summary>A certificate proves a role only under the configured authority, while it holds, and when it names exactly one.</summary>
public sealed class RoleCertificatesTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly RoleAuthority _authority = new(Now, TimeSpan.FromDays(30));
    private readonly FakeTimeProvider _time = new(Now);

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("pipeline", CustodyRole.Pipeline)]
    [InlineData("signer", CustodyRole.Signer)]
    [InlineData("sender", CustodyRole.Sender)]
    public void RoleOf_OneOfOurs_IsItsRole(string role, CustodyRole expected) => Assert.Equal((expected, null), Role([role]));

    [Fact]
    public void RoleOf_None_IsUnknown()
    {
        using var certificates = Certificates();
        Assert.Equal(CustodyRole.Unknown, certificates.RoleOf(null).Role);
    }

    [Fact]
    public void RoleOf_SeveralRolesNoneOrAnother_IsUnknown()
    {
        Assert.Equal(CustodyRole.Unknown, Role(["pipeline", "signer"]).Role);
        Assert.Equal(CustodyRole.Unknown, Role(["signer", "signer"]).Role);
        Assert.Equal(CustodyRole.Unknown, Role([]).Role);
        Assert.Equal(CustodyRole.Unknown, Role(["all"]).Role);
        Assert.Equal(CustodyRole.Unknown, Role(["Signer"]).Role);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(31)]
    public void RoleOf_NotYetOrNoLonger_IsUnknown(int days)
    {
        using var certificates = Certificates();
        using var certificate = X509Certificate2.CreateFromPem(_authority.Issue("signer").Certificate);
        _time.SetUtcNow(Now.AddDays(2));
        Assert.Equal(CustodyRole.Signer, certificates.RoleOf(certificate).Role);
        using var other = new RoleAuthority(Now.AddDays(40), TimeSpan.FromDays(1));

        _time.SetUtcNow(days < 0 ? Now.AddDays(2) : Now.AddDays(days));

        using var early = X509Certificate2.CreateFromPem(other.Issue("signer").Certificate);
        Assert.Equal(CustodyRole.Unknown, certificates.RoleOf(days < 0 ? early : certificate).Role);
    }

    [Fact]
    public void RoleOf_AnotherAuthorityOrTheAuthorityItself_IsUnknown()
    {
        using var certificates = Certificates();
        using var other = new RoleAuthority(Now, TimeSpan.FromDays(30));
        using var foreign = X509Certificate2.CreateFromPem(other.Issue("signer").Certificate);
        using var root = X509Certificate2.CreateFromPem(_authority.Pem);

        Assert.Equal(CustodyRole.Unknown, certificates.RoleOf(foreign).Role);
        Assert.Equal(CustodyRole.Unknown, certificates.RoleOf(root).Role);
    }

    [Fact]
    public void Certificates_OwnIsAnotherRolesOrMalformed_AreRefused()
    {
        Assert.Contains("it names the signer", Assert.Throws<RoleCertificateException>(() => Certificates("signer", CustodyRole.Sender)).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder.Of("authority.pem"), "nonsense");
        Assert.Contains("cannot be read", Assert.Throws<RoleCertificateException>(() => new RoleCertificates(Setting(CustodyRole.Signer), _time)).Message, StringComparison.Ordinal);
    }

    private (CustodyRole Role, string? Reason) Role(IReadOnlyList<string> roles)
    {
        using var certificates = Certificates();
        using var certificate = X509Certificate2.CreateFromPem(_authority.Issue(roles).Certificate);
        return certificates.RoleOf(certificate);
    }

    private RoleCertificates Certificates(string own = "pipeline", CustodyRole role = CustodyRole.Pipeline)
    {
        var (certificate, key) = _authority.Issue(own);
        File.WriteAllText(_folder.Of("authority.pem"), _authority.Pem);
        File.WriteAllText(_folder.Of("certificate.pem"), certificate);
        File.WriteAllText(_folder.Of("key.pem"), key);
        return new RoleCertificates(Setting(role), _time);
    }

    private RoleSetting Setting(CustodyRole role) => new(role, null, null, null, _folder.Of("certificate.pem"), _folder.Of("key.pem"), _folder.Of("authority.pem"));
}
