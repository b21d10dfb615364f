using System.Diagnostics;
using System.Text.Json;

namespace Custody.Testing;

/// <summary>Asks bitcoinjs-lib (an npm package, run by node) to build transactions and to hash them, many in one process.</summary>
public static class BitcoinJsOracle
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>An answer for each draft.</summary>
    public static async Task<IReadOnlyList<BitcoinJsAnswer>> AskAsync(IReadOnlyList<BitcoinJsDraft> drafts)
    {
        var start = new ProcessStartInfo("node", [RepositoryRoot.Of("tests", "Custody.Testing", "bitcoinjs-oracle.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var problem = node.StandardError.ReadToEndAsync();
        var answers = ReadAsync(node.StandardOutput);
        try
        {
            foreach (var draft in drafts)
            {
                await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(draft, Json));
            }

            node.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended early; what it said is below.
        }

        await node.WaitForExitAsync();
        return node.ExitCode == 0
            ? await answers
            : throw new InvalidOperationException($"The bitcoinjs oracle failed (npm ci in tests/Custody.Testing/bitcoinjs installs it):\n{await problem}");
    }

    private static async Task<IReadOnlyList<BitcoinJsAnswer>> ReadAsync(StreamReader output)
    {
        var answers = new List<BitcoinJsAnswer>();
        while (await output.ReadLineAsync() is { } line)
        {
            answers.Add(JsonSerializer.Deserialize<BitcoinJsAnswer>(line, Json)!);
        }

        return answers;
    }
}
