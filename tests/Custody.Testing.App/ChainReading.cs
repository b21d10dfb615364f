using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Custody.Testing.App;

/// <summary>A transaction that the vault's account sent, as the node has it.</summary>
public sealed record SentTransaction(
    string Hash, string? To, BigInteger Value, ulong Nonce, ulong ChainId, string Input, string Type, BigInteger MaxFeePerGas, ulong Gas, ulong Block);

/// <summary>Reads what is on the chain, from the node and by nothing of the product's.</summary>
public static class ChainReading
{
    /// <summary>Every transaction in every block that the vault's account sent.</summary>
    public static async Task<IReadOnlyList<SentTransaction>> SentByVaultAsync(this RunningSystem system)
    {
        var head = Number((await system.Chain.CallAsync("eth_blockNumber")).GetString()!);
        var sent = new List<SentTransaction>();
        for (BigInteger number = 0; number <= head; number++)
        {
            var block = await system.Chain.CallAsync("eth_getBlockByNumber", "0x" + Hex(number), true);
            sent.AddRange(block.GetProperty("transactions").EnumerateArray()
                .Where(t => string.Equals(t.GetProperty("from").GetString(), system.VaultAddress, StringComparison.OrdinalIgnoreCase))
                .Select(Read));
        }

        return sent;
    }

    /// <summary>An account's balance in the newest block, wei.</summary>
    public static async Task<BigInteger> BalanceAsync(this RunningSystem system, string address) =>
        Number((await system.Chain.CallAsync("eth_getBalance", address, "latest")).GetString()!);

    private static SentTransaction Read(JsonElement t) => new(
        t.GetProperty("hash").GetString()!,
        t.GetProperty("to").GetString(),
        Number(t.GetProperty("value").GetString()!),
        (ulong)Number(t.GetProperty("nonce").GetString()!),
        (ulong)Number(t.GetProperty("chainId").GetString()!),
        t.GetProperty("input").GetString()!,
        t.GetProperty("type").GetString()!,
        Number(t.GetProperty("maxFeePerGas").GetString()!),
        (ulong)Number(t.GetProperty("gas").GetString()!),
        (ulong)Number(t.GetProperty("blockNumber").GetString()!));

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Hex(BigInteger number) => number.IsZero ? "0" : number.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
}
