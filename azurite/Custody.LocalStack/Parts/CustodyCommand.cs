using System.Diagnostics;
using System.Text.Json;
using Custody.LocalStack.State;

namespace Custody.LocalStack.Parts;

/// <summary>Runs <c>custody</c> as a person would, and reads its JSON.</summary>
internal sealed class CustodyCommand(StateFolder state, StackOptions options)
{
    /// <summary>What the command did, as its document. A refusal is the stack's failure, in the command's own words.</summary>
    public async Task<JsonElement> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])[Repository.Cli, .. arguments, "--home", state.Home, "--api", options.ApiUrl, "--json"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["SOFTHSM2_CONF"] = state.SoftHsmConfiguration;
        using var process = Process.Start(start) ?? throw new StackFailure("custody could not be started.");
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0
                ? JsonDocument.Parse(await output).RootElement
                : throw new StackFailure($"'custody {arguments[0]}' was refused: {Sentence(await error)}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string Sentence(string error)
    {
        try
        {
            using var problem = JsonDocument.Parse(error);
            return $"{problem.RootElement.GetProperty("title").GetString()} {problem.RootElement.GetProperty("detail").GetString()} ({problem.RootElement.GetProperty("code").GetString()})";
        }
        catch (Exception unexpected) when (unexpected is JsonException or KeyNotFoundException)
        {
            return error.Trim();
        }
    }
}
