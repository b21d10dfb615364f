namespace Custody.LocalRuntime.Engine.Storage;

/// <summary>Someone else has written what this host believes to own: it must stop, since its memory is no longer the truth.</summary>
internal sealed class HubConflictException(string message, Exception? inner = null) : Exception(message, inner);
