using Custody.Vaults.ManagedHsm;
using Spectre.Console;

namespace Custody.Cli;

/// <summary>The world around the command, as arguments: what tests replace.</summary>
internal sealed class CliEnvironment
{
    // What goes to a file or a pipe is never folded: a sentence is one line, and so is a table's row.
    private const int RedirectedWidth = 4096;
    private readonly Lazy<IAnsiConsole> _outputConsole;
    private readonly Lazy<IAnsiConsole> _errorConsole;

    public CliEnvironment(TextWriter output, TextWriter error, TextReader input, TimeProvider time, Func<string, string?> variable, bool outputIsTerminal, bool errorIsTerminal)
    {
        (Output, Error, Input, Time, Variable) = (output, error, input, time, variable);
        _outputConsole = new Lazy<IAnsiConsole>(() => Create(output, outputIsTerminal));
        _errorConsole = new Lazy<IAnsiConsole>(() => Create(error, errorIsTerminal));
    }

    public TextWriter Output { get; }

    public TextWriter Error { get; }

    public TextReader Input { get; }

    public TimeProvider Time { get; }

    public Func<string, string?> Variable { get; }

    /// <summary>How a Managed HSM is reached; null: with the identity that Azure's own tools find (DefaultAzureCredential).</summary>
    public Func<Uri, ManagedHsmClient>? ManagedHsm { get; init; }

    public IAnsiConsole OutputConsole => _outputConsole.Value;

    public IAnsiConsole ErrorConsole => _errorConsole.Value;

    public static CliEnvironment OfProcess() => new(
        Console.Out, Console.Error, Console.In, TimeProvider.System, Environment.GetEnvironmentVariable,
        outputIsTerminal: !Console.IsOutputRedirected, errorIsTerminal: !Console.IsErrorRedirected);

    private static IAnsiConsole Create(TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = InteractionSupport.No,
        });
        if (!isTerminal)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }
}
