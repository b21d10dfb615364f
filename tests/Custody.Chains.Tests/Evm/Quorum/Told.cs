using Custody.Chains.Evm;

namespace Custody.Chains.Tests.Evm.Quorum;

/// <summary>Keeps what people were told.</summary>
internal sealed class Told : INodeReports
{
    private readonly List<NodeReport> _reports = [];

    /// <summary>Such as <c>Disagrees c</c>.</summary>
    public IReadOnlyList<string> Reports => [.. _reports.Select(r => r.Provider is null ? $"{r.Kind}" : $"{r.Kind} {r.Provider}")];

    public IReadOnlyList<NodeReport> All => _reports;

    public Task TellAsync(NodeReport report, CancellationToken cancellation)
    {
        _reports.Add(report);
        return Task.CompletedTask;
    }
}
