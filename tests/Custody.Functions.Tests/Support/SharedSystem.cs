using Custody.Cli.Initialisation.Plan;
using Custody.Core.Customers;
using Custody.Core.Signatures;
using Custody.Functions.Tests.Support;
using Custody.Testing;
using Custody.Testing.App;
using Custody.Vaults.DocumentKeys;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedSystem))]

namespace Custody.Functions.Tests.Support;

/// <summary>
/// One running system for every test that leaves it as it found it, started when the first one asks. Tests keep apart by
/// clients of their own and by request ids.
/// </summary>
public sealed class SharedSystem : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<Task<RunningSystem>> _system;

    public SharedSystem() => _system = new(() => RunningSystem.StartAsync(new RunningSystemOptions { Plan = With }), LazyThreadSafetyMode.ExecutionAndPublication);

    public Task<RunningSystem> GetAsync() => _system.Value;

    public async ValueTask DisposeAsync()
    {
        if (_system.IsValueCreated)
        {
            await (await _system.Value).DisposeAsync();
        }

        _folder.Dispose();
    }

    /// <summary>The local plan with more clients, an approver who is one of them, an operator who is another's second key, and a second source of prices.</summary>
    private InitialisationPlan With(InitialisationPlan plan)
    {
        var edKey = _folder.Of("exchange-ed.pem");
        using (DocumentKeyFile.Generate(edKey, "client-exchange-ed", SignatureAlgorithm.EdDsa))
        {
        }

        return People.AddTo(plan) with
        {
            Clients = [.. People.AddTo(plan).Clients.Where(c => c.Id != "exchange-ed"), new ClientPlan("exchange-ed", "Exchange ED", new KeyPlan("client-exchange-ed", File: edKey))],
            Approvers = [.. plan.Approvers, new ApproverPlan("insider", "exchange-b", "approver", "hk", [LocalPlan.Device("insider-1")], LocalPlan.Trained)],
            Prices = plan.Prices! with { Sources = [.. plan.Prices!.Sources, new PriceSourcePlan("second")] },
        };
    }
}
