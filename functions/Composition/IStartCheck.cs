using Custody.Core.Governance;

namespace Custody.Functions.Composition;

/// <summary>Something that must hold under governance in force before the app takes a single request. Each role has those of what it holds.</summary>
public interface IStartCheck
{
    /// <summary>A sentence for each reason not to start; none when it may.</summary>
    Task<IReadOnlyList<string>> ProblemsAsync(Governed governed, CancellationToken cancellation);
}
