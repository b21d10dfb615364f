using System.Net;
using System.Net.Sockets;
using Custody.LocalRuntime.Hosting.Discovery;
using Microsoft.Azure.Functions.Worker.Builder;
using Xunit;

namespace Custody.LocalRuntime.Tests.Hosting;

public sealed class StartRefusalTests
{
    private const string Storage = """{"Values":{"AzureWebJobsStorage":"UseDevelopmentStorage=true"}}""";

    [Theory]
    [InlineData(typeof(Wrong.Named), "Function '1st' (Named.Digit): a name is a letter followed by up to 127 letters, digits, underscores and hyphens.")]
    [InlineData(typeof(Wrong.Twins), "The name 'Twin' is used by Twins.One and Twins.Other; names are unique, ignoring case.")]
    [InlineData(typeof(Wrong.Private), "Function 'Private' (Private.Run): the method and its class must be public.")]
    [InlineData(typeof(Wrong.GenericMethod), "Function 'Generic' (GenericMethod.Run): neither the method nor its class may be generic.")]
    [InlineData(typeof(Wrong.Cron), "Function 'Cron' (Cron.Run): the schedule '61 * * * * *' is neither a cron expression of 5 or 6 fields nor a time span.")]
    [InlineData(typeof(Wrong.Never), "Function 'Never' (Never.Run): the schedule '0 0 0 30 2 *' never comes.")]
    [InlineData(typeof(Wrong.Setting), "Function 'Setting' (Setting.Run): the setting Pace:Of:It, which %Pace:Of:It% refers to, is missing.")]
    [InlineData(typeof(Wrong.Clash), "The routes of 'One' (api/a/{id}) and 'Two' (api/A/{key}) clash.")]
    [InlineData(typeof(Wrong.NoTrigger), "Function 'NoTrigger' (NoTrigger.Run) has 0 triggers, expected one parameter with a trigger attribute.")]
    [InlineData(typeof(Wrong.AsyncVoid), "Function 'AsyncVoid' (AsyncVoid.Run) is async void: its end and its failures would go unseen; return Task.")]
    [InlineData(typeof(Wrong.Keyed), "Function 'Keyed' (Keyed.Run): host keys (AuthorizationLevel.Function) are not checked here; use Anonymous and authenticate the caller.")]
    public async Task Start_FunctionThatIsWrong_IsRefusedWithThatReasonAlone(Type function, string reason) =>
        Assert.Equal([reason], await HostUnderTest.RefusalsAsync(new HostSetup(function) { LocalSettings = Storage }));

    [Theory]
    [InlineData(typeof(Wrong.Unbound), "Function 'Unbound' (Unbound.Run): the parameter 'key' (String) cannot be bound; an HTTP function takes")]
    [InlineData(typeof(Wrong.ClientInOrchestrator), "Function 'Orchestrator' (ClientInOrchestrator.Run): the parameter 'client' (DurableTaskClient) cannot be bound;")]
    [InlineData(typeof(Wrong.TwoInputs), "Function 'TwoInputs' (TwoInputs.Run): the parameter 'two' (String) cannot be bound;")]
    [InlineData(typeof(Wrong.Template), "Function 'Template' (Template.Run): the route 'api/t/{id' is malformed:")]
    public async Task Start_ParameterOrRouteThatIsWrong_IsRefusedWithThatReasonAlone(Type function, string reason) =>
        Assert.StartsWith(
            reason,
            Assert.Single(await HostUnderTest.RefusalsAsync(new HostSetup(function) { LocalSettings = Storage })),
            StringComparison.Ordinal);

    [Fact]
    public async Task Start_InternalClass_IsRefused() =>
        Assert.Equal(
            ["Function 'Hidden' (Hidden.Run): the method and its class must be public."],
            await HostUnderTest.RefusalsAsync(new HostSetup(typeof(Wrong.Hidden))));

    [Fact]
    public async Task Start_SeveralProblems_NamesAllAndSetsTheExitCode()
    {
        await using var host = await HostUnderTest.StartAsync(new HostSetup(typeof(Wrong.Cron), typeof(Wrong.Named), typeof(HourlyTimer))
        {
            HostJson = """{"version":"3.0","functionTimeout":"long","extensions":{"durableTask":{"hubName":"a-b","extendedSessionsEnabled":"maybe"}}}""",
        });

        Assert.Equal(1, host.ExitCode);
        Assert.Equal(7, host.Host.Refusals.Count);
        Assert.All(
            ["'1st'", "'61 * * * * *'", "version is '3.0'", "functionTimeout is 'long'", "hubName is 'a-b'", "'maybe'", "The setting AzureWebJobsStorage is missing"],
            part => Assert.Contains(part, host.Errors, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"Values":{"AzureWebJobsStorage":"nonsense=secret"}}""", "The setting AzureWebJobsStorage is not a storage connection string.")]
    [InlineData("""{"IsEncrypted":true,"Values":{"AzureWebJobsStorage":"UseDevelopmentStorage=true"}}""", "local.settings.json is encrypted")]
    [InlineData("""{"Values":{"AzureWebJobsStorage":"UseDevelopmentStorage=true"}""", "local.settings.json is not valid JSON")]
    public async Task Start_SettingsThatAreWrong_IsRefused(string settings, string reason)
    {
        var refusals = await HostUnderTest.RefusalsAsync(new HostSetup(typeof(HourlyTimer)) { LocalSettings = settings });

        Assert.Contains(refusals, refusal => refusal.StartsWith(reason, StringComparison.Ordinal));
        Assert.DoesNotContain(refusals, refusal => refusal.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_HttpWithoutAspNetCore_IsRefused() =>
        Assert.Contains(
            "HTTP functions need ASP.NET Core: call ConfigureFunctionsWebApplication() on the builder.",
            await HostUnderTest.RefusalsAsync(new HostSetup(typeof(HttpFunctions)) { Configure = _ => { } }));

    [Fact]
    public async Task Start_BusyPort_IsRefusedInOneSentence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await using var host = await HostUnderTest.StartAsync(new HostSetup(typeof(HttpFunctions)) { Port = port });

        Assert.Equal([$"Port {port} is in use: stop the program that holds it, or choose another with --port."], host.Host.Refusals);
        Assert.Equal(1, host.ExitCode);
    }

    [Fact]
    public void From_TestAssembly_FindsItsFunctionsAndSkipsAssembliesWithoutTheWorker()
    {
        var types = FunctionSources.From(typeof(StartRefusalTests).Assembly).Types;

        Assert.Contains(typeof(HttpFunctions), types);
        Assert.DoesNotContain(typeof(Custody.Testing.TemporaryFolder), types);
        Assert.DoesNotContain(typeof(FunctionsApplication), types);
    }
}
