using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Custody.Cli.Initialisation;
using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;

namespace Custody.Cli.Tests.Commands;

/// <summary>custody roles: what each role's process starts with, and nothing of what is another's.</summary>
public sealed class RolesCommandTests
{
    private const string Account = "AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:2/a;";
    private static readonly string[] Good = ["roles", "--signer", "https://127.0.0.1:7072", "--sender", "https://127.0.0.1:7073"];

    [Fact]
    public async Task Roles_OfASystem_WritesAFolderForEach()
    {
        using var system = await SystemAsync();

        var run = await system.RunAsync([.. Good, "--days", "7", "--json"]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        using var said = JsonDocument.Parse(run.Output);
        Assert.Equal("2026-02-07T12:00:00Z", said.RootElement.GetProperty("until").GetString());
        foreach (var role in new[] { "pipeline", "signer", "sender" })
        {
            using var certificate = X509Certificate2.CreateFromPemFile(system.Home.Of("roles", role, "certificate.pem"), system.Home.Of("roles", role, "key.pem"));
            Assert.Equal(DemoSystem.Now.AddDays(7).UtcDateTime, certificate.NotAfter.ToUniversalTime());
            Assert.True(File.Exists(system.Home.Of("roles", role, "witness", "stop.head")));
            Assert.Equal(role, Settings(system, role)["Custody__Role"]);
        }

        Assert.DoesNotContain(Settings(system, "pipeline").Keys, k => k.StartsWith("Custody__Vaults__", StringComparison.Ordinal) || k.StartsWith("Custody__Comparison__", StringComparison.Ordinal));
        Assert.DoesNotContain("AccountKey", Settings(system, "sender").Values.Aggregate("", (all, v) => all + v), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_Again_IssuesNewCertificatesAndKeepsTheWitness()
    {
        using var system = await SystemAsync();
        await system.RunAsync(Good);
        var (before, authority) = (File.ReadAllText(system.Home.Of("roles", "signer", "certificate.pem")), File.ReadAllText(system.Home.Of("roles", "signer", "authority.pem")));
        File.WriteAllText(system.Home.Of("roles", "signer", "witness", "stop.head"), "further");

        Assert.Equal(ExitCode.Done, (await system.RunAsync(Good)).ExitCode);

        Assert.NotEqual(before, File.ReadAllText(system.Home.Of("roles", "signer", "certificate.pem")));
        Assert.NotEqual(authority, File.ReadAllText(system.Home.Of("roles", "signer", "authority.pem")));
        Assert.Equal("further", File.ReadAllText(system.Home.Of("roles", "signer", "witness", "stop.head")));
    }

    [Theory]
    [InlineData("--signer", "http://127.0.0.1:7072", "two addresses such as https://127.0.0.1:7072")]
    [InlineData("--signer", "https://signer.example", "with an IP address")]
    [InlineData("--signer", "https://127.0.0.1:7073", "two addresses")]
    [InlineData("--sender", "nonsense", "two addresses")]
    [InlineData("--days", "0", "--days is a number from 1 to 365")]
    [InlineData("--days", "366", "--days is a number from 1 to 365")]
    [InlineData("--pipeline-storage", "UseDevelopmentStorage=true", "connection strings with a key and endpoints")]
    public async Task Roles_BadOptions_IsUsageAndWritesNothing(string option, string value, string expected)
    {
        using var system = await SystemAsync();
        var arguments = new List<string>(Good);
        if (arguments.IndexOf(option) is >= 0 and var at)
        {
            arguments[at + 1] = value;
        }
        else
        {
            arguments.AddRange([option, value]);
        }

        var run = await system.RunAsync([.. arguments]);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(system.Home.Of("roles")));
    }

    [Fact]
    public async Task Roles_WithoutASystem_IsUsage()
    {
        using var system = await DemoSystem.CreateAsync();

        var run = await system.RunAsync(Good);

        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("cannot be read", run.Error, StringComparison.Ordinal);
    }

    private static async Task<DemoSystem> SystemAsync()
    {
        var system = await DemoSystem.CreateAsync();
        Directory.CreateDirectory(system.Home.Of("witness"));
        await File.WriteAllTextAsync(system.Home.Of("witness", "stop.head"), "seen");
        var settings = SystemSettings.Of(system.Plan, system.Draft, system.Home).ToDictionary();
        settings["Custody__Storage__Pipeline"] = settings["Custody__Storage__Journals"] = Account;
        await File.WriteAllBytesAsync(system.Home.Of(SystemSettings.FileName), JsonSerializer.SerializeToUtf8Bytes(new SettingsFile(false, settings)));
        return system;
    }

    private static Dictionary<string, string> Settings(DemoSystem system, string role)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(system.Home.Of("roles", role, "settings.json")));
        return file.RootElement.GetProperty("Values").Deserialize<Dictionary<string, string>>()!;
    }
}
