using System.Diagnostics.CodeAnalysis;

namespace Custody.Cli.Outcomes;

/// <summary>One step of a command: its value, or the outcome that ends the command. The default value is neither and throws when asked.</summary>
internal readonly struct Step<T>
    where T : class
{
    private readonly T? _value;
    private readonly CliOutcome? _stop;

    private Step(T? value, CliOutcome? stop) => (_value, _stop) = (value, stop);

    public static implicit operator Step<T>(T value) => new(value, null);

    public static implicit operator Step<T>(CliOutcome stop) => new(null, stop);

    /// <summary>True when the command ends here.</summary>
    public bool Stops([NotNullWhen(true)] out CliOutcome? stop, [NotNullWhen(false)] out T? value)
    {
        (stop, value) = (_stop, _value);
        return stop is not null || (value is null ? throw new InvalidOperationException("The step has neither value nor outcome.") : false);
    }
}
