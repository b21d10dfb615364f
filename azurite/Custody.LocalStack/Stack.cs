using Custody.Core.Reading;
using Custody.LocalStack.Demo;
using Custody.LocalStack.Parts;
using Custody.LocalStack.Processes;
using Custody.LocalStack.State;
using Custody.LocalStack.Terminal;

namespace Custody.LocalStack;

/// <summary>Starts everything, shows that it works, keeps it up, and stops it again in the opposite order.</summary>
internal sealed class Stack(StackOptions options, Screen screen, TimeProvider time)
{
    private readonly List<Child> _children = [];
    private bool _served;

    /// <summary>Runs it all; the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            using var state = StateFolder.Open(options.StateFolder);
            try
            {
                await StartAsync(state, cancellation);
                var custody = new CustodyCommand(state, options);
                var worked = await new Demonstration(custody, options, screen, time).RunAsync(cancellation)
                    && await new WhitelistDemonstration(custody, screen, time).RunAsync(cancellation)
                    && await new PolicyDemonstration(custody, screen, time).RunAsync(cancellation);
                return options.Demo ? worked ? 0 : 1 : await ServeAsync(state, cancellation);
            }
            finally
            {
                await StopAsync();
            }
        }
        catch (StackFailure failure)
        {
            screen.Fail(failure.Message);
            return 1;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Being stopped while serving is how it is meant to end; before that, it did not do what was asked.
            return _served ? 0 : 130;
        }
    }

    private async Task StartAsync(StateFolder state, CancellationToken cancellation)
    {
        var ledger = new ChildLedger(state.Of("children.json"));
        foreach (var name in await ledger.EndLeftoversAsync())
        {
            screen.Note($"{name} still ran, left by a ./run that was killed; it is stopped now.");
        }

        Ports.Check(options);
        var record = Prepare(state);
        var accounts = new Accounts(record, options.AzuritePort);
        var setup = new SystemSetup(state, options, new CustodyCommand(state, options));
        setup.WriteSoftHsmConfiguration();
        EnvironmentFile.Write(state, options);

        await StartAsync("Azurite", $"127.0.0.1:{options.AzuritePort} to {options.AzuritePort + 2}, two accounts", () => AzuritePart.StartAsync(ledger, state, options, accounts, time, cancellation));
        await StartAsync("anvil", $"127.0.0.1:{options.AnvilPort}, a block a second", () => AnvilPart.StartAsync(ledger, state, options, record.GenesisTime, time, cancellation));
        if (record.Vault is null)
        {
            var vault = await screen.StepAsync("custody init", () => setup.RunAsync(accounts, cancellation), _ => "keys in SoftHSM, governance, whitelist, journals");
            state.Write(record = record with { Vault = vault });
        }

        using var node = new Node(options.NodeUrl);
        await screen.StepAsync("Vault", () => VaultFunding.EnsureAsync(node, record.Vault!, time, cancellation), balance => $"{record.Vault} holds {UnitAmount.Format(balance, 18)} ETH");
        if (options.Split)
        {
            await StartRolesAsync(ledger, state, accounts, cancellation);
        }

        await StartAsync(
            options.Split ? "Pipeline" : "Function app",
            options.Split ? $"{options.ApiUrl}: the API, orchestrations and timers; no key, and it cannot write the journals" : options.ApiUrl,
            () => AppPart.StartAsync(ledger, state, options, accounts, time, cancellation));
    }

    private async Task StartRolesAsync(ChildLedger ledger, StateFolder state, Accounts accounts, CancellationToken cancellation)
    {
        await screen.StepAsync(
            "custody roles",
            async () =>
            {
                await RoleParts.DivideAsync(new CustodyCommand(state, options), options, accounts, cancellation);
                return true;
            },
            _ => "certificates, storage rights and settings for three processes");
        await StartAsync(
            "Signer",
            $"{options.SignerUrl}: the gate, the vault's token, and alone it writes the journals",
            () => RoleParts.StartAsync("signer", options.SignerPort, ledger, state, options, accounts, time, cancellation));
        await StartAsync(
            "Sender",
            $"{options.SenderUrl}: compares, certifies and broadcasts; it writes nothing but alerts",
            () => RoleParts.StartAsync("sender", options.SenderPort, ledger, state, options, accounts, time, cancellation));
    }

    // A system that was not set up to its end holds nothing, and cannot be set up again over what is there.
    private StackRecord Prepare(StateFolder state)
    {
        if (!options.Fresh && state.ReadRecord() is { Vault: not null } kept)
        {
            return kept;
        }

        state.Clear();
        var record = StackRecord.Create(time.GetUtcNow());
        state.Write(record);
        return record;
    }

    private async Task StartAsync(string label, string detail, Func<Task<Child>> start) =>
        _children.Add(await screen.StepAsync(label, start, _ => detail));

    private async Task<int> ServeAsync(StateFolder state, CancellationToken cancellation)
    {
        _served = true;
        var environment = Path.GetRelativePath(Directory.GetCurrentDirectory(), state.Of(EnvironmentFile.Name));
        screen.Heading("Serving");
        screen.Fact("API", $"{options.ApiUrl}/api/v1");
        if (options.Split)
        {
            screen.Fact("Roles", $"pipeline {options.ApiUrl}, signer {options.SignerUrl}, sender {options.SenderUrl}, over mutual TLS");
        }

        screen.Fact("EVM node", options.NodeUrl);
        screen.Fact("Tables", $"http://127.0.0.1:{options.AzuritePort + 2}/{Accounts.PipelineName}");
        screen.Fact("Logs", Path.GetRelativePath(Directory.GetCurrentDirectory(), state.Of("logs")));
        screen.Heading("A first request, in another terminal");
        screen.Copy($". {environment}");
        screen.Copy("custody submit --customer customer-1 --asset ETH --amount '0.1 ETH' --entry entry-1");
        screen.Copy("custody list --profile exchange-a");
        screen.Space();
        screen.Note("Ctrl-C stops everything.");
        await await Task.WhenAny(_children.Select(c => c.WatchAsync(cancellation)));
        return 1;
    }

    // The app first, so that nothing fails under it; storage last, so that everything it was told is kept.
    private async Task StopAsync()
    {
        for (var i = _children.Count - 1; i >= 0; i--)
        {
            await _children[i].DisposeAsync();
        }
    }
}
