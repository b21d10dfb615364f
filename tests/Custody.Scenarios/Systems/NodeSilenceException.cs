namespace Custody.Scenarios.Systems;

/// <summary>The node double closes the connection without an answer.</summary>
internal sealed class NodeSilenceException : Exception;
