using Custody.LocalRuntime.Engine.History;

namespace Custody.LocalRuntime.Engine.Storage;

/// <summary>The rows that one episode commits.</summary>
/// <param name="FirstOrdinal">The first row's place.</param>
/// <param name="Events">The rows, in order.</param>
/// <param name="MustFitFirst">
/// How many leading rows the first batch must hold whole, as a checkpoint of its own; 0 when the checkpoint may be cut anywhere.
/// Set when the rows replace an older execution's: until they are all there, nothing else tells how the new one began.
/// </param>
internal sealed record Checkpoint(long FirstOrdinal, IReadOnlyList<HistoryEvent> Events, int MustFitFirst = 0);
