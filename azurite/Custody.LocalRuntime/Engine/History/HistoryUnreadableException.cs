namespace Custody.LocalRuntime.Engine.History;

/// <summary>A stored history row that this engine cannot have written.</summary>
internal sealed class HistoryUnreadableException(string message) : Exception(message);
