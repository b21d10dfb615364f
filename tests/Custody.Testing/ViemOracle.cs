using System.Text.Json;

namespace Custody.Testing;

/// <summary>Asks viem (an npm package, run by node) to sign or to parse EIP-1559 transfers, many in one process.</summary>
public static class ViemOracle
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Signs transfers.</summary>
    public static Task<ViemSigned[]> SignAsync(IReadOnlyList<ViemTransfer> transfers) => RunAsync<ViemTransfer, ViemSigned>("sign", transfers);

    /// <summary>Parses signed transactions (0x…), each with its sender recovered.</summary>
    public static Task<ViemParsed[]> ParseAsync(IEnumerable<string> signed) =>
        RunAsync<object, ViemParsed>("parse", [.. signed.Select(s => new { signed = s })]);

    private static async Task<TAnswer[]> RunAsync<TItem, TAnswer>(string command, IReadOnlyList<TItem> items)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Of("in.json"), JsonSerializer.Serialize(items, Json));
        var script = RepositoryRoot.Of("tests", "Custody.Testing", "viem-oracle.mjs");
        await using var node = ChildProcess.Start("viem", "node", [script, command, folder.Of("in.json"), folder.Of("out.json")]);
        await node.WaitForExitAsync();
        return node.ExitCode == 0
            ? JsonSerializer.Deserialize<TAnswer[]>(await File.ReadAllTextAsync(folder.Of("out.json")), Json)!
            : throw new InvalidOperationException($"The viem oracle failed (npm ci in azurite/ installs it):\n{node.Output}");
    }
}
