using Custody.Cli.Roles;
using Custody.Functions.Composition;
using Custody.Functions.Roles;
using Custody.Testing;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Custody.Functions.Tests.Roles;

/// <summary>What custody roles writes for each role is read, needed and documented; what is another role's stops the start by its name.</summary>
public sealed class RoleSettingsTests : IDisposable
{
    private static readonly string[] Secrets =
        ["Custody__Vaults__0__PinFile", "Custody__Comparison__PinFile", "Custody__Duress__OpeningsFile", "Custody__Screening__Key", "AzureWebJobsStorage"];

    private readonly TemporaryFolder _folder = new();
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> _roles;

    public RoleSettingsTests()
    {
        var file = _folder.Of("file");
        File.WriteAllText(file, "[]");
        Directory.CreateDirectory(_folder.Of("witness"));
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = Storage("pipeline"),
            ["Custody__Storage__Pipeline"] = Storage("pipeline"),
            ["Custody__Storage__Journals"] = Storage("journals"),
            ["Custody__TrustRoot"] = new string('a', 64),
            ["Custody__WitnessFolder"] = _folder.Of("witness"),
            ["Custody__Api__Audience"] = "custody",
            ["Custody__Api__PublicUrl"] = "https://custody.example/",
            ["Custody__Chains__0__Id"] = "eip155:1",
            ["Custody__Chains__0__Endpoint"] = "http://127.0.0.1:8545",
            ["Custody__Vaults__0__Id"] = "hot",
            ["Custody__Vaults__0__Module"] = file,
            ["Custody__Vaults__0__TokenLabel"] = "hot",
            ["Custody__Vaults__0__PinFile"] = file,
            ["Custody__Comparison__Module"] = file,
            ["Custody__Comparison__TokenLabel"] = "sender",
            ["Custody__Comparison__PinFile"] = file,
            ["Custody__Comparison__KeyId"] = "comparison",
            ["Custody__Duress__OpeningsFile"] = file,
            ["Custody__Screening__Endpoint"] = "https://kyt.example/",
            ["Custody__Screening__Key"] = "secret",
        };
        _roles = RoleFiles.Write(_folder.Path, all, new Uri("https://127.0.0.1:7072"), new Uri("https://127.0.0.1:7073"), TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1))!;
    }

    public static TheoryData<string> Roles => ["pipeline", "signer", "sender"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Roles))]
    public void Role_AsItIsWritten_IsRead(string role)
    {
        var settings = Read(_roles[role]);

        Assert.Equal(role, RoleCertificates.Text(settings.Role));
        Assert.Equal(role == "signer" ? 1 : 0, settings.Vaults.Count);
        Assert.Equal(role == "sender", settings.Comparison is not null);
        Assert.Equal(role == "signer", settings.DuressOpeningsFile is not null);
        Assert.Equal(role == "pipeline", settings.Screening is not null);
        Assert.Equal(role != "pipeline", settings.AlertStorage is not null);
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void Role_WithoutASetting_IsRefusedByItsName(string role)
    {
        string[] optional = ["AzureWebJobsStorage", "Custody__Duress__OpeningsFile", "Custody__Screening__Endpoint", "Custody__Screening__Key"];
        Assert.All(_roles[role].Keys.Except([.. optional, "Custody__Role"]), name =>
        {
            var values = new Dictionary<string, string>(_roles[role], StringComparer.Ordinal);
            values.Remove(name);

            Assert.Contains(Assert.Throws<SettingsException>(() => Read(values)).Problems, p => p.Contains(name, StringComparison.Ordinal));
        });
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void Role_WithAnothersSecret_IsRefusedByItsName(string role) => Assert.All(Secrets.Where(s => !_roles[role].ContainsKey(s)), name =>
    {
        var values = new Dictionary<string, string>(_roles[role], StringComparer.Ordinal) { [name] = "x" };

        Assert.Contains(
            Assert.Throws<SettingsException>(() => Read(values)).Problems,
            p => p.StartsWith($"The setting {name} must not be given to the {role}: ", StringComparison.Ordinal));
    });

    [Theory]
    [InlineData("pipeline", "Custody__Storage__Journals")]
    [InlineData("sender", "Custody__Storage__Journals")]
    [InlineData("sender", "Custody__Storage__Pipeline")]
    [InlineData("signer", "Custody__Storage__Pipeline")]
    public void Role_WithAnAccountThatItMustNotWrite_IsRefused(string role, string name)
    {
        var values = new Dictionary<string, string>(_roles[role], StringComparer.Ordinal) { [name] = Storage("other") };

        Assert.StartsWith($"The setting {name} must not let this role write", Assert.Single(Assert.Throws<SettingsException>(() => Read(values)).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Role_Unknown_IsRefused()
    {
        var values = new Dictionary<string, string>(_roles["signer"], StringComparer.Ordinal) { ["Custody__Role"] = "auditor" };

        Assert.Contains(Assert.Throws<SettingsException>(() => Read(values)).Problems, p => p.StartsWith("The setting Custody__Role is malformed", StringComparison.Ordinal));
    }

    // Whoever forgets the role gives one process everything, and means it only when nothing of the roles is there.
    [Fact]
    public void NoRole_WithARolesSettings_IsRefused()
    {
        var values = new Dictionary<string, string>(_roles["pipeline"], StringComparer.Ordinal);
        values.Remove("Custody__Role");

        Assert.Contains(
            Assert.Throws<SettingsException>(() => Read(values)).Problems,
            p => p.Contains("Custody__Roles__", StringComparison.Ordinal) && p.Contains("must not be given to a process that holds all roles", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SharedAccessSignature=sv=1&sp=rl&sig=x", true)]
    [InlineData("SharedAccessSignature=?sv=1&sp=r&sig=x", true)]
    [InlineData("SharedAccessSignature=sv=1&sp=rwl&sig=x", false)]
    [InlineData("SharedAccessSignature=sv=1&sp=a&sig=x", false)]
    [InlineData("SharedAccessSignature=sv=1&sp=&sig=x", false)]
    [InlineData("SharedAccessSignature=sv=1&sig=x", false)]
    [InlineData("SharedAccessSignature=sv=1&sp=r&sp=rw&sig=x", false)]
    [InlineData("AccountName=a;AccountKey=x;SharedAccessSignature=sv=1&sp=r&sig=x", false)]
    [InlineData("accountkey=x;SharedAccessSignature=sv=1&sp=r&sig=x", false)]
    [InlineData("UseDevelopmentStorage=true", false)]
    public void OnlyReads_Connection_IsByItsPermissions(string connection, bool expected) =>
        Assert.Equal(expected, SharedAccess.OnlyReads($"BlobEndpoint=http://127.0.0.1:1/a;{connection}"));

    [Fact]
    public void Documentation_EverySettingOfARole_IsExplained()
    {
        var explained = File.ReadAllText(RepositoryRoot.Of("docs", "settings.md"));

        Assert.All(_roles.Values.SelectMany(r => r.Keys).Distinct(), name => Assert.Contains($"`{name}`", explained, StringComparison.Ordinal));
    }

    [Fact]
    public void Files_OfARole_AreReadableByTheirOwnerAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        foreach (var role in Roles)
        {
            var folder = _folder.Of("roles", role.Data);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, Mode(folder));
            Assert.All(Directory.GetFiles(folder), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode(f)));
        }
    }

    private static UnixFileMode Mode(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    private static string Storage(string account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:1/{account};TableEndpoint=http://127.0.0.1:2/{account};";

    private static CustodySettings Read(IReadOnlyDictionary<string, string> values) => SettingsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key.Replace("__", ":", StringComparison.Ordinal), string? (v) => v.Value)).Build());
}
