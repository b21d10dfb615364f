using System.Globalization;
using System.Numerics;
using Custody.Bench.Pipeline;
using Custody.Core.Withdrawals;
using Custody.Functions.Composition;
using Custody.Functions.Withdrawals;
using Custody.Testing;
using Custody.Testing.App;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Custody.Bench.Signing;

/// <summary>
/// Storage operations of the sign stage, by Azurite's own log. The app brings withdrawals as far as the vault, whose token it cannot
/// find; then it is killed, and the stage alone runs here, with the token, over what is stored.
/// </summary>
internal sealed class SignStageBenchmark : IBenchmark
{
    private const int Withdrawals = 10;
    private const int Warm = 2;

    public string Name => "sign";

    public async Task RunAsync(TextWriter output, CancellationToken cancellation)
    {
        var counts = new PipelineCounts();
        await using var system = await RunningSystem.StartAsync(
            new RunningSystemOptions { StorageLine = counts.Storage, Settings = new Dictionary<string, string> { ["Custody__Vaults__0__TokenLabel"] = "not-there" } },
            cancellation);
        var ids = new List<string>();
        for (var number = 0; number < Withdrawals; number++)
        {
            ids.Add(await ApprovedAsync(system, number, cancellation));
        }

        foreach (var id in ids)
        {
            await StatusAsync(system, id, WithdrawalStatus.Signing, cancellation);
        }

        system.App!.Kill();
        await using var services = Services(system);
        var stage = services.GetRequiredService<SignStage>();
        foreach (var id in ids.Take(Warm))
        {
            await SignAsync(stage, id, cancellation);
        }

        counts.Reset();
        foreach (var id in ids.Skip(Warm))
        {
            await SignAsync(stage, id, cancellation);
        }

        await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        var measured = Withdrawals - Warm;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"sign: {(double)counts.StorageTotal / measured:0.0} storage operations of the sign stage a withdrawal (budget 12)"));
        foreach (var (kind, count) in counts.ByKind.OrderByDescending(k => k.Value))
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"    {(double)count / measured,6:0.0}  {kind}"));
        }
    }

    private static async Task<string> ApprovedAsync(RunningSystem system, int number, CancellationToken cancellation)
    {
        var id = (await system.Api.SubmitAsync(ApiClient.Request($"sign-{number}", BigInteger.Pow(10, 16) + number))).Id;
        await StatusAsync(system, id, WithdrawalStatus.AwaitingApproval, cancellation);
        await system.Api.VoteAsync(id, "alice");
        await system.Api.VoteAsync(id, "bob");
        return id;
    }

    private static async Task StatusAsync(RunningSystem system, string id, WithdrawalStatus status, CancellationToken cancellation)
    {
        for (var tries = 0; (await system.Storage.Withdrawals.LoadAsync(id, cancellation))?.State.Status != status; tries++)
        {
            if (tries == 600)
            {
                throw new InvalidOperationException($"{id} did not become {status}.\n{system.App?.Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
        }
    }

    private static async Task SignAsync(SignStage stage, string id, CancellationToken cancellation)
    {
        var result = await stage.RunAsync(id, cancellation);
        if (result.Status != StatusText.Of(WithdrawalStatus.Signed))
        {
            throw new InvalidOperationException($"{id} was not signed: {result}");
        }
    }

    // As functions/Program.cs composes it; nothing is started, so no timer and no orchestration runs beside the stage.
    private static ServiceProvider Services(RunningSystem system)
    {
        _ = SoftHsm.ConfigurationPath;
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(system.System.Settings.Select(s => KeyValuePair.Create(s.Key.Replace("__", ":", StringComparison.Ordinal), (string?)s.Value)));
        builder.Logging.ClearProviders();
        builder.AddCustody();
        return builder.Services.BuildServiceProvider();
    }
}
