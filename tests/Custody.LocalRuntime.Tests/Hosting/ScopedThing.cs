namespace Custody.LocalRuntime.Tests.Hosting;

/// <summary>Counts its instances by number, to tell scopes apart.</summary>
public sealed class ScopedThing
{
    private static int _made;

    public int Number { get; } = Interlocked.Increment(ref _made);
}
