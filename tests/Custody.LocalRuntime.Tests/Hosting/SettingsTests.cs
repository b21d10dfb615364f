using System.Runtime.CompilerServices;
using Custody.LocalRuntime.Hosting;
using Custody.LocalRuntime.Hosting.Settings;
using Custody.Testing;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Custody.LocalRuntime.Tests.Hosting;

public sealed class SettingsTests
{
    private readonly StartProblems _problems = new();

    [Fact]
    public void Read_NoHostJson_HasTheOfficialDefaults()
    {
        var host = HostSettings.Read(new ConfigurationBuilder().Build(), _problems);

        Assert.Equal(
            new HostSettings("api", null, "TestHubName", "AzureWebJobsStorage", false, TimeSpan.FromSeconds(30), 10 * Environment.ProcessorCount, 10 * Environment.ProcessorCount),
            host);
        Assert.Empty(_problems.Found);
    }

    [Fact]
    public void CreateBuilder_HostJson_IsReadAndOverriddenByTheArguments()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("host.json"), """
            {
              // the official host allows comments
              "version": "2.0",
              "functionTimeout": "00:05:00",
              "extensions": {
                "http": { "routePrefix": "v2/" },
                "durableTask": {
                  "hubName": "%Hub%", "extendedSessionsEnabled": true, "maxConcurrentActivityFunctions": 3,
                  "storageProvider": { "connectionName": "Other" }
                }
              }
            }
            """);

        var builder = FunctionsApplication.CreateBuilder(
            ["--script-root", folder.Path, "--Hub", "hub9", "--AzureFunctionsJobHost:extensions:durableTask:maxConcurrentOrchestratorFunctions", "4"]);

        Assert.Equal(
            new HostSettings("v2", TimeSpan.FromMinutes(5), "hub9", "Other", true, TimeSpan.FromSeconds(30), 3, 4),
            HostSettings.Read(builder.Configuration, _problems));
        Assert.Empty(_problems.Found);
    }

    [Fact]
    public void CreateBuilder_LocalSettings_AreSettingsAndEnvironmentUnlessTheUserSetThem()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.Of("local.settings.json"),
            """{"Values":{"CUSTODY_TEST_Only__Here":"file","CUSTODY_TEST_Both__Here":"file"},"ConnectionStrings":{"Db":"c"},"Host":{"LocalHttpPort":7123}}""");

        var settings = FunctionsApplication.CreateBuilder(["--script-root", folder.Path]).Configuration;

        Assert.Equal(("file", "environment", "c"), (settings["CUSTODY_TEST_Only:Here"], settings["CUSTODY_TEST_Both:Here"], settings["ConnectionStrings:Db"]));
        Assert.Equal("file", Environment.GetEnvironmentVariable("CUSTODY_TEST_Only__Here"));
        Assert.Equal("environment", Environment.GetEnvironmentVariable("CUSTODY_TEST_Both__Here"));
        Assert.Equal(7123, HostPort.Read(HostArguments.Parse([]), settings, LocalSettings.Read(folder.Path, _problems), _problems));
    }

    [Theory]
    [InlineData(new[] { "--port", "7100" }, 7100)]
    [InlineData(new[] { "-p", "7101" }, 7101)]
    [InlineData(new[] { "--port=7102" }, 7102)]
    [InlineData(new string[0], 7099)]
    public void Port_ArgumentThenSetting_IsTaken(string[] arguments, int expected)
    {
        using var folder = new TemporaryFolder();
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("FUNCTIONS_PORT", "7099")]).Build();

        Assert.Equal(expected, HostPort.Read(HostArguments.Parse(arguments), settings, LocalSettings.Read(folder.Path, _problems), _problems));
    }

    [Fact]
    public void Storage_ServiceAddresses_AreUsedWithAnIdentity()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("AzureWebJobsStorage:tableServiceUri", "https://a.table.example/"),
            new("AzureWebJobsStorage:blobServiceUri", "https://a.blob.example/"),
            new("AzureWebJobsStorage:queueServiceUri", "https://a.queue.example/"),
        ]).Build();

        var account = StorageAccount.Read(settings, "AzureWebJobsStorage", _problems)!;

        Assert.Equal(("https://a.table.example/", "https://a.blob.example/"), (account.Tables.Uri.AbsoluteUri, account.Blobs.Uri.AbsoluteUri));
        Assert.Empty(_problems.Found);
    }

    // Before the first host of this process is made, as a user's shell would.
    [ModuleInitializer]
    internal static void SetVariable() => Environment.SetEnvironmentVariable("CUSTODY_TEST_Both__Here", "environment");
}
