using System.Globalization;
using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>
/// Several providers of a chain as one node, which believes a majority of all that are configured and nothing less. What differs
/// between providers because time passes is asked as of the newest block that a majority has: there nonce, balance and code must
/// be the same, so that a lie shows and a lag does not. Every question may throw <see cref="NodeQuorumException"/>.
/// </summary>
public sealed class QuorumNode : IEvmNode
{
    private readonly ProviderPanel _panel;
    private readonly QuorumHeadReader _heads;
    private readonly NodeQuorumTerms _terms;

    /// <summary>Of at least two providers, each with a name of its own; throws <see cref="ArgumentException"/> for any others.</summary>
    /// <param name="chain">The chain, for reports.</param>
    /// <param name="providers">The providers; each has its own time-out.</param>
    /// <param name="terms">When one is set aside, and for how long.</param>
    /// <param name="reports">Who is told.</param>
    /// <param name="time">The clock.</param>
    public QuorumNode(ChainId chain, IReadOnlyList<NodeProvider> providers, NodeQuorumTerms terms, INodeReports reports, TimeProvider time)
    {
        if (providers.Count < 2 || providers.DistinctBy(p => p.Name, StringComparer.Ordinal).Count() != providers.Count)
        {
            throw new ArgumentException("A quorum is of two providers or more, each with a name of its own.", nameof(providers));
        }

        _panel = new ProviderPanel(chain, providers, terms, reports, time);
        _heads = new QuorumHeadReader(_panel, terms);
        _terms = terms;
    }

    /// <summary>How many there are.</summary>
    public int Providers => _panel.All.Count;

    /// <summary>Whether something was asked within a minute for which there was no majority, and has been none since.</summary>
    public bool HasOpenQuestion => _panel.HasOpenQuestion;

    /// <inheritdoc />
    public Task<ulong> ChainIdAsync(CancellationToken cancellation) =>
        SameAsync("the chain id", _panel.Counted(), n => n.ChainIdAsync(cancellation), AnswerKey.Of, cancellation);

    /// <inheritdoc />
    public Task<string> GenesisHashAsync(CancellationToken cancellation) =>
        SameAsync("the genesis block", _panel.Counted(), n => n.GenesisHashAsync(cancellation), AnswerKey.Of, cancellation);

    /// <inheritdoc />
    public async Task<EvmHeader?> HeaderAsync(BlockReference block, CancellationToken cancellation) => block.Number is null
        ? (await _heads.ReadAsync(block, cancellation))?.Header
        : await PresentAsync($"block {block}", _panel.Counted(), n => n.HeaderAsync(block, cancellation), AnswerKey.Of, cancellation);

    /// <inheritdoc />
    public async Task<EvmBlock?> BlockAsync(BlockReference block, CancellationToken cancellation)
    {
        var (asked, at) = (_panel.Counted(), block);
        if (block.Number is null)
        {
            if (await _heads.ReadAsync(block, cancellation) is not { } head)
            {
                return null;
            }

            (asked, at) = (head.Providers, BlockReference.At(head.Header.Number));
        }

        return await PresentAsync($"block {at}", asked, n => n.BlockAsync(at, cancellation), AnswerKey.Of, cancellation);
    }

    /// <inheritdoc />
    public async Task<ulong> TransactionCountAsync(EvmAddress account, BlockReference block, CancellationToken cancellation) =>
        block != BlockReference.Pending
            ? await StateAsync($"the nonce of {account}", block, (n, at) => n.TransactionCountAsync(account, at, cancellation), AnswerKey.Of, cancellation)
            : await _panel.ConcludeAsync(
                $"the nonces of {account} with what waits",
                AtLeastRule.Decide(await _panel.AskAsync(_panel.Counted(), n => n.TransactionCountAsync(account, block, cancellation), cancellation), _panel.Needed),
                cancellation);

    /// <inheritdoc />
    public async Task<BigInteger> BalanceAsync(EvmAddress account, BlockReference block, CancellationToken cancellation) =>
        block != BlockReference.Pending
            ? await StateAsync($"the balance of {account}", block, (n, at) => n.BalanceAsync(account, at, cancellation), AnswerKey.Of, cancellation)
            : await _panel.ConcludeAsync(
                $"the balance of {account} with what waits",
                LowestRule.Decide(await _panel.AskAsync(_panel.Counted(), n => n.BalanceAsync(account, block, cancellation), cancellation), _panel.Needed),
                cancellation);

    /// <inheritdoc />
    public Task<byte[]> CodeAsync(EvmAddress address, BlockReference block, CancellationToken cancellation) =>
        StateAsync($"the code at {address}", block, (n, at) => n.CodeAsync(address, at, cancellation), AnswerKey.Of, cancellation);

    /// <inheritdoc />
    public Task<byte[]?> CallAsync(EvmAddress contract, ReadOnlyMemory<byte> data, BlockReference block, CancellationToken cancellation) =>
        StateAsync($"a call of {contract}", block, (n, at) => n.CallAsync(contract, data, at, cancellation), AnswerKey.Of, cancellation);

    /// <inheritdoc />
    public async Task<ulong?> EstimateGasAsync(EvmAddress from, EvmAddress contract, ReadOnlyMemory<byte> data, CancellationToken cancellation) =>
        await _panel.ConcludeAsync(
            $"the gas of a call of {contract}",
            GasRule.Decide(await _panel.AskAsync(_panel.Counted(), n => n.EstimateGasAsync(from, contract, data, cancellation), cancellation), _panel.Needed),
            cancellation);

    /// <inheritdoc />
    public async Task<FeeMarket> FeeMarketAsync(CancellationToken cancellation) => await _panel.ConcludeAsync(
        "the price of gas",
        FeeMarketRule.Decide(await _panel.AskAsync(_panel.Counted(), n => n.FeeMarketAsync(cancellation), cancellation), _panel.Needed),
        cancellation);

    /// <inheritdoc />
    public Task<LocatedTransaction?> TransactionAsync(string txId, CancellationToken cancellation) =>
        IncludedAsync($"transaction {txId}", n => n.TransactionAsync(txId, cancellation), t => t.Block, AnswerKey.Of, cancellation);

    /// <inheritdoc />
    public Task<EvmReceipt?> ReceiptAsync(string txId, CancellationToken cancellation) =>
        IncludedAsync($"the receipt of {txId}", n => n.ReceiptAsync(txId, cancellation), r => r.Block, AnswerKey.Of, cancellation);

    /// <inheritdoc />
    public Task<IReadOnlyList<EvmBlockLog>> LogsAsync(
        BlockPoint block, IReadOnlyList<EvmAddress> contracts, string topic, int place, IReadOnlyList<string> others, CancellationToken cancellation) => SameAsync(
        $"the logs of block {block.Number}", _panel.Counted(), n => n.LogsAsync(block, contracts, topic, place, others, cancellation), AnswerKey.OfLogs, cancellation);

    /// <summary>Sends to every provider, to those that are set aside as well: the bytes are public from here on, and one that has them is enough.</summary>
    public async Task<BroadcastAnswer> SendAsync(ReadOnlyMemory<byte> signed, string txId, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(_panel.All.Select(async p => (p.Name, await p.Node.SendAsync(signed, txId, cancellation))));
        return BroadcastRule.Combine(answers);
    }

    private async Task<T> SameAsync<T>(
        string question, IReadOnlyList<NodeProvider> asked, Func<IEvmNode, Task<T>> ask, Func<T, string> key, CancellationToken cancellation) =>
        await _panel.ConcludeAsync(question, EqualAnswerRule.Decide(await _panel.AskAsync(asked, ask, cancellation), _panel.Needed, key), cancellation);

    private async Task<T?> PresentAsync<T>(
        string question, IReadOnlyList<NodeProvider> asked, Func<IEvmNode, Task<T?>> ask, Func<T, string> key, CancellationToken cancellation)
        where T : class =>
        await _panel.ConcludeAsync(question, PresenceRule.Decide(await _panel.AskAsync(asked, ask, cancellation), _panel.Needed, key), cancellation);

    private async Task<T> StateAsync<T>(
        string question, BlockReference block, Func<IEvmNode, BlockReference, Task<T>> ask, Func<T, string> key, CancellationToken cancellation)
    {
        if (block.Number is not null || block == BlockReference.Pending)
        {
            return await SameAsync(question, _panel.Counted(), n => ask(n, block), key, cancellation);
        }

        var head = await _heads.ReadAsync(block, cancellation) ?? throw new NodeAnswerException($"The providers have no {block} block.");
        var at = BlockReference.At(head.Header.Number);
        return await SameAsync(question, head.Providers, n => ask(n, at), key, cancellation);
    }

    private async Task<T?> IncludedAsync<T>(
        string question, Func<IEvmNode, Task<T?>> ask, Func<T, BlockPoint?> block, Func<T, string> key, CancellationToken cancellation)
        where T : class
    {
        var answers = await _panel.AskAsync(_panel.Counted(), ask, cancellation);
        switch (InclusionRule.Decide(answers, _panel.Needed, block, key))
        {
            case Inclusion<T>.Mined mined:
                return await _panel.ConcludeAsync(question, new QuorumDecision<T>.Agreed(mined.Value, mined.With, mined.Odd), cancellation);
            case Inclusion<T>.NotMined none:
                await RefuteAsync(question, none.Claims, cancellation);
                await _panel.AgreedAsync(question, none.With, cancellation);
                return none.Seen;
            case Inclusion<T>.Missing missing:
                throw await _panel.NoQuorumAsync(question, missing.Reason, cancellation);
            default:
                throw await _panel.NoQuorumAsync(question, "nothing was decided", cancellation);
        }
    }

    // A provider that shows a payment in a block that the others have, and they do not show it there, contradicts them. Even so the
    // question is only answered when it comes again: while somebody who counts shows it, it is not called absent.
    private async Task RefuteAsync(string question, IReadOnlyList<InclusionClaim> claims, CancellationToken cancellation)
    {
        if (claims.Count == 0)
        {
            return;
        }

        var head = (await _heads.ReadAsync(BlockReference.Latest, cancellation))?.Header.Number ?? 0;
        var refuted = claims.Where(c => !c.MayBeAhead(head, _terms.MostBlocksBehind)).ToList();
        foreach (var claim in refuted)
        {
            await _panel.SetAsideAsync(
                claim.Provider, NodeReportKind.Disagrees, string.Create(CultureInfo.InvariantCulture, $"It alone shows {question} in block {claim.Height}."), cancellation);
        }

        if (refuted.Count > 0)
        {
            throw await _panel.NoQuorumAsync(question, $"{string.Join(", ", refuted.Select(c => c.Provider))} alone shows it in a block; it is asked again without", cancellation);
        }
    }
}
