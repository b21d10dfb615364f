using System.Numerics;
using Custody.Core.Assets;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>
/// What left the vaults on the real chain: exactly these payments, each exactly an intent of its withdrawal, and nothing else.
/// </summary>
internal sealed record ExpectChainStep : PolledStep
{
    /// <summary>The withdrawals that were paid, in the order of their nonces; empty when nothing left the vault.</summary>
    public required IReadOnlyList<string> Payments { get; init; }

    /// <summary>So many withdrawals besides, named <c>w1</c>, <c>w2</c>, …, whatever the order of their nonces.</summary>
    public int AndEach { get; init; }

    /// <summary>At least so many of them from each of the vaults.</summary>
    public int FromEachVault { get; init; }

    /// <summary>Gap fills and cancels between them: transactions that move nothing, from the vault's account to itself.</summary>
    public int Fills { get; init; }

    /// <summary>Gas funding between them: transfers of coin from one vault's account to another's.</summary>
    public int Fundings { get; init; }

    /// <summary>Transactions of the vault that wait in the node's pool.</summary>
    public int Waiting { get; init; }

    protected override async Task<string?> ProblemAsync(World world, CancellationToken cancellation)
    {
        var all = await world.Ledger.SentAsync();
        var (fills, fundings) = (all.Count(PaymentCheck.IsFill), all.Count(t => PaymentCheck.IsFunding(world, t)));
        var sent = all.Where(t => !PaymentCheck.IsFill(t) && !PaymentCheck.IsFunding(world, t)).ToList();
        if ((fills, fundings) != (Fills, Fundings))
        {
            return $"{fills} gap fills and {fundings} transfers to another vault left the vaults, and {Fills} and {Fundings} should have";
        }

        if (sent.Count != Payments.Count + AndEach)
        {
            return $"{sent.Count} transactions left the vault, and {Payments.Count + AndEach} should have";
        }

        foreach (var vault in world.Vaults)
        {
            if ((await world.Ledger.SentAsync(vault.EvmAddress().ToString())).Count is var own && own < FromEachVault)
            {
                return $"{own} transactions left {vault.Id}, and at least {FromEachVault} should have";
            }
        }

        var paidIn = Payments.Concat(await InOrderOfNoncesAsync(world, cancellation)).ToList();

        var gains = new Dictionary<(AssetId Asset, string To), BigInteger>();
        for (var i = 0; i < sent.Count; i++)
        {
            if (await world.FileAsync(paidIn[i], cancellation) is not { } file)
            {
                return $"there is no withdrawal '{paidIn[i]}'";
            }

            if (await PaymentCheck.ProblemAsync(world, sent[i], file) is { } difference)
            {
                return difference;
            }

            var paid = (file.State.Asset, file.State.Destination!);
            gains[paid] = gains.GetValueOrDefault(paid) + file.State.Amount;
        }

        foreach (var ((asset, to), amount) in gains)
        {
            if (await (asset.IsNative ? world.Ledger.GainAsync(to) : world.Ledger.TokenGainAsync(asset.Reference, to)) is var gain && gain != amount)
            {
                return $"{to} gained {gain}, and should have gained {amount}";
            }
        }

        return await world.Ledger.WaitingAsync() is var waiting && waiting == Waiting ? null : $"{waiting} transactions of the vault wait in the node's pool";
    }

    private async Task<IEnumerable<string>> InOrderOfNoncesAsync(World world, CancellationToken cancellation)
    {
        var nonces = new List<(int Vault, ulong Nonce, string Name)>();
        var vaults = world.Vaults.Select(v => v.Id).ToList();
        foreach (var name in Enumerable.Range(1, AndEach).Select(n => $"w{n}"))
        {
            var state = (await world.FileAsync(name, cancellation))?.State;
            nonces.Add((vaults.IndexOf(state?.VaultId ?? ""), state?.Nonce ?? ulong.MaxValue, name));
        }

        return nonces.OrderBy(n => n.Vault).ThenBy(n => n.Nonce).Select(n => n.Name);
    }
}
