using System.Text.Json;
using Custody.Cli.CommandLine;
using Custody.Vaults.ManagedHsm;

namespace Custody.Cli.Tests.Support;

/// <summary>One run of the command, in this process.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    public JsonElement OutputJson => Parse(Output);

    public JsonElement ErrorJson => Parse(Error);

    public static async Task<CliRun> OfAsync(IReadOnlyList<string> arguments, string input, TimeProvider time, Func<Uri, ManagedHsmClient>? managedHsm = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var environment = new CliEnvironment(output, error, new StringReader(input), time, _ => null, outputIsTerminal: false, errorIsTerminal: false) { ManagedHsm = managedHsm };
        var exitCode = await CliProgram.RunAsync(arguments, environment, TestContext.Current.CancellationToken);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
