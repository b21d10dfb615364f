using System.Text.Json;
using Custody.Functions.Composition;
using Custody.Testing;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Custody.Functions.Tests;

/// <summary>local.settings.example.json and docs/settings.md against what the app reads.</summary>
public sealed class SettingsExampleTests : IDisposable
{
    private static readonly string[] HostSettings =
        ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage", "Custody__Schedules__Watch", "Custody__Schedules__Sweep"];

    private static readonly string[] Optional = ["Custody__Duress__OpeningsFile", "Custody__Telemetry__Exporter", "Custody__Telemetry__OtlpEndpoint", "Custody__Screening__Endpoint", "Custody__Screening__Key"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Needed => [.. Example().Keys.Except([.. HostSettings, .. Optional])];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Example_AsItIs_IsReadWithoutAProblem()
    {
        var settings = Read(OnThisMachine());

        Assert.Equal("custody-local", settings.Audience);
        Assert.Equal("hot-eth", Assert.Single(settings.Vaults).Key);
    }

    [Theory]
    [MemberData(nameof(Needed))]
    public void Example_WithoutASetting_IsRefusedByItsName(string name)
    {
        var values = OnThisMachine();
        Assert.True(values.Remove(name));

        var refusal = Assert.Throws<SettingsException>(() => Read(values));

        Assert.Contains(refusal.Problems, p => p.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void Example_Otlp_NeedsItsEndpoint()
    {
        var values = OnThisMachine();
        values["Custody__Telemetry__Exporter"] = "otlp";
        Assert.Equal(new Uri("http://127.0.0.1:4317"), Read(values).Telemetry.OtlpEndpoint);

        values.Remove("Custody__Telemetry__OtlpEndpoint");

        var refusal = Assert.Throws<SettingsException>(() => Read(values));
        Assert.Contains("Custody__Telemetry__OtlpEndpoint", Assert.Single(refusal.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Custody__Screening__Key", null)]
    [InlineData("Custody__Screening__Endpoint", null)]
    [InlineData("Custody__Screening__Key", "two words")]
    [InlineData("Custody__Screening__Endpoint", "http://kyt.example/screen")]
    [InlineData("Custody__Screening__Endpoint", "ftp://127.0.0.1/screen")]
    public void Example_HalfAScreeningProviderOrAnOpenOne_IsRefused(string name, string? value)
    {
        var values = OnThisMachine();
        values[name] = value;

        Assert.Contains(Assert.Throws<SettingsException>(() => Read(values)).Problems, p => p.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void Example_NoScreeningProvider_IsRead()
    {
        var values = OnThisMachine();
        values.Remove("Custody__Screening__Endpoint");
        values.Remove("Custody__Screening__Key");

        Assert.Null(Read(values).Screening);
    }

    [Fact]
    public void Documentation_EverySetting_IsExplained()
    {
        var explained = File.ReadAllText(RepositoryRoot.Of("docs", "settings.md"));

        Assert.All(Example().Keys, name => Assert.Contains($"`{name}`", explained, StringComparison.Ordinal));
    }

    private static Dictionary<string, string?> Example()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(RepositoryRoot.Of("local.settings.example.json")));
        return file.RootElement.GetProperty("Values").Deserialize<Dictionary<string, string?>>()!;
    }

    private static CustodySettings Read(Dictionary<string, string?> values) => SettingsReader.Read(
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => v.Key.Replace("__", ":", StringComparison.Ordinal), v => v.Value)).Build());

    // The reader wants files that exist; on this machine they are elsewhere.
    private Dictionary<string, string?> OnThisMachine()
    {
        var file = _folder.Of("file");
        File.WriteAllText(file, "[]");
        return Example().ToDictionary(
            v => v.Key,
            v => v.Key.EndsWith("__Module", StringComparison.Ordinal) || v.Key.EndsWith("File", StringComparison.Ordinal) ? file : v.Value);
    }
}
