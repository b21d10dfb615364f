namespace Custody.Scenarios;

/// <summary>A script does not hold, or cannot be played; the message says what and where.</summary>
internal sealed class ScenarioException(string message, Exception? inner = null) : Exception(message, inner);
