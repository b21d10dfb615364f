using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Custody.Vaults.Tests.Pkcs11;

/// <summary>Keeps every entry, formatted and with its event id.</summary>
public sealed class RecordingLogger<T> : ILogger<T>
{
    public ConcurrentQueue<(int EventId, string Text)> Entries { get; } = new();

    public int Count(int eventId) => Entries.Count(entry => entry.EventId == eventId);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Enqueue((eventId.Id, formatter(state, exception) + exception));
}
