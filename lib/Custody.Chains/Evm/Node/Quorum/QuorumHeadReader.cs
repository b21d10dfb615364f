using System.Globalization;

namespace Custody.Chains.Evm;

/// <summary>
/// Finds the newest block that a quorum has reached and agrees on. Providers are seldom at the same height, and at the newest
/// blocks they may be on different forks for a moment: a few blocks further back they agree, and nobody is set aside for it.
/// </summary>
internal sealed class QuorumHeadReader(ProviderPanel panel, NodeQuorumTerms terms)
{
    private const string Question = "the newest block";
    private const ulong MostStepsBack = 2;

    /// <summary>The newest block by a tag; null when a majority has none.</summary>
    public async Task<QuorumHead?> ReadAsync(BlockReference tag, CancellationToken cancellation)
    {
        var asked = panel.Counted();
        var newest = await panel.AskAsync(asked, n => n.HeaderAsync(tag, cancellation), cancellation);
        if (newest.Count(a => a is { IsAnswer: true, Value: null }) >= panel.Needed)
        {
            return null;
        }

        var known = newest.Where(a => a is { IsAnswer: true, Value: not null }).ToDictionary(a => a.Provider, a => a.Value!, StringComparer.Ordinal);
        var most = tag == BlockReference.Latest ? terms.MostBlocksBehind : ulong.MaxValue;
        if (HeadRule.Decide([.. known.Select(k => (k.Key, k.Value.Number))], panel.Needed, most) is not { } height)
        {
            throw await panel.NoQuorumAsync(Question, Heights(newest), cancellation);
        }

        foreach (var ahead in height.Ahead)
        {
            await panel.SetAsideAsync(
                ahead, NodeReportKind.Disagrees, $"It claims block {known[ahead].Number}, and the others have block {height.Height}.", cancellation);
        }

        foreach (var behind in height.Behind)
        {
            await panel.SetAsideAsync(
                behind, NodeReportKind.Lags, $"It has block {known[behind].Number}, and the others have block {height.Height}.", cancellation);
        }

        var near = asked.Where(p => known.ContainsKey(p.Name) && !height.Ahead.Contains(p.Name)).ToList();
        return await AgreeAsync(height.Height, near, known, cancellation) ?? throw await panel.NoQuorumAsync(Question, Heights(newest), cancellation);
    }

    private async Task<QuorumHead?> AgreeAsync(
        ulong height, IReadOnlyList<NodeProvider> near, Dictionary<string, EvmHeader> known, CancellationToken cancellation)
    {
        for (ulong back = 0; back <= MostStepsBack && back <= height; back++)
        {
            var at = height - back;
            var have = near.Where(p => known[p.Name].Number >= at).ToList();
            var higher = have.Where(p => known[p.Name].Number > at);
            List<ProviderAnswer<EvmHeader?>> headers =
            [
                .. have.Where(p => known[p.Name].Number == at).Select(p => new ProviderAnswer<EvmHeader?>(p.Name, known[p.Name])),
                .. await panel.AskAsync(higher, n => n.HeaderAsync(BlockReference.At(at), cancellation), cancellation),
            ];
            if (EqualAnswerRule.Decide([.. headers.Where(h => h.Value is not null)], panel.Needed, h => AnswerKey.Of(h!)) is QuorumDecision<EvmHeader?>.Agreed agreed)
            {
                await panel.AgreedAsync(Question, agreed.With, cancellation);
                return new QuorumHead(agreed.Value!, [.. have.Where(p => agreed.With.Contains(p.Name))]);
            }
        }

        return null;
    }

    private static string Heights(IEnumerable<ProviderAnswer<EvmHeader?>> newest) => string.Join("; ", newest.Select(a => string.Create(
        CultureInfo.InvariantCulture, $"{a.Provider}: {(a.IsAnswer ? a.Value is { } header ? $"block {header.Number} {header.Hash}" : "none" : a.Fault)}")));
}
