namespace Custody.Bench;

/// <summary>One benchmark: it prints counts and ratios, and asserts nothing about time.</summary>
internal interface IBenchmark
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    Task RunAsync(TextWriter output, CancellationToken cancellation);
}
