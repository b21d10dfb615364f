using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>Asks a chain's providers side by side, sets aside those that fail, lag or contradict the majority, and tells people.</summary>
internal sealed class ProviderPanel(ChainId chain, IReadOnlyList<NodeProvider> providers, NodeQuorumTerms terms, INodeReports reports, TimeProvider time)
{
    private readonly ProviderStandings _standings = new(terms, time);

    /// <summary>How many must agree: a majority of all that are configured, whoever is set aside.</summary>
    public int Needed { get; } = EqualAnswerRule.Needed(providers.Count);

    /// <summary>Every provider, whatever is thought of it.</summary>
    public IReadOnlyList<NodeProvider> All => providers;

    /// <summary>Whether a question of late is without an answer.</summary>
    public bool HasOpenQuestion => _standings.HasOpen();

    /// <summary>Those whose answers count now. One that does not answer is spared the wait for it only where the others are enough.</summary>
    public IReadOnlyList<NodeProvider> Counted()
    {
        var believed = providers.Where(p => !_standings.IsSetAside(p.Name)).ToList();
        var awake = believed.Where(p => !_standings.Rests(p.Name)).ToList();
        return awake.Count >= Needed ? awake : believed;
    }

    /// <summary>Asks each; one that gives no answer has said nothing.</summary>
    public async Task<IReadOnlyList<ProviderAnswer<T>>> AskAsync<T>(IEnumerable<NodeProvider> asked, Func<IEvmNode, Task<T>> question, CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(asked.Select(p => AnswerAsync(p, question)));
        foreach (var answer in answers)
        {
            await NoteAsync(answer.Provider, answer.Fault, cancellation);
        }

        return answers;
    }

    /// <summary>The majority's answer; throws <see cref="NodeQuorumException"/> when there is none.</summary>
    public async Task<T> ConcludeAsync<T>(string question, QuorumDecision<T> decision, CancellationToken cancellation)
    {
        switch (decision)
        {
            case QuorumDecision<T>.Agreed agreed:
                foreach (var odd in agreed.Odd)
                {
                    await SetAsideAsync(odd, NodeReportKind.Disagrees, $"It contradicts {string.Join(" and ", agreed.With)} about {question}.", cancellation);
                }

                await AgreedAsync(question, agreed.With, cancellation);
                return agreed.Value;
            case QuorumDecision<T>.Missing missing:
                throw await NoQuorumAsync(question, missing.Reason, cancellation);
            default:
                throw await NoQuorumAsync(question, "nothing was decided", cancellation);
        }
    }

    /// <summary>A question has an answer, on which these providers agree.</summary>
    public async Task AgreedAsync(string question, IEnumerable<string> with, CancellationToken cancellation)
    {
        _standings.Settled(question);
        foreach (var provider in with.Where(_standings.MayReturn))
        {
            await reports.TellAsync(new NodeReport(chain, NodeReportKind.Back, provider, $"It agrees again about {question}."), cancellation);
            _standings.Restore(provider);
        }
    }

    /// <summary>Sets a provider aside; people are told first.</summary>
    public async Task SetAsideAsync(string provider, NodeReportKind kind, string detail, CancellationToken cancellation)
    {
        if (_standings.IsNews(provider, kind))
        {
            await reports.TellAsync(new NodeReport(chain, kind, provider, detail), cancellation);
        }

        _standings.SetAside(provider, kind);
    }

    /// <summary>What is thrown for a question without an answer. People are told of one that stays so.</summary>
    public async Task<NodeQuorumException> NoQuorumAsync(string question, string reason, CancellationToken cancellation)
    {
        var detail = $"No majority of the {providers.Count} providers of {chain} agrees about {question}: {reason}.";
        if (_standings.IsOverdue(question))
        {
            await reports.TellAsync(new NodeReport(chain, NodeReportKind.NoQuorum, null, detail), cancellation);
            _standings.Told(question);
        }

        return new NodeQuorumException(detail);
    }

    private static async Task<ProviderAnswer<T>> AnswerAsync<T>(NodeProvider provider, Func<IEvmNode, Task<T>> question)
    {
        try
        {
            return new ProviderAnswer<T>(provider.Name, await question(provider.Node));
        }
        catch (Exception fault) when (fault is NodeUnavailableException or NodeAnswerException)
        {
            return new ProviderAnswer<T>(provider.Name, default!, fault.Message);
        }
    }

    private async Task NoteAsync(string provider, string? fault, CancellationToken cancellation)
    {
        if (fault is null)
        {
            _standings.Answered(provider);
        }
        else if (_standings.Missed(provider))
        {
            await SetAsideAsync(provider, NodeReportKind.Silent, fault, cancellation);
        }
    }
}
