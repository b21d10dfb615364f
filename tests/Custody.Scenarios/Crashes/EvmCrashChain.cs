using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Crashes;

/// <summary>Native payments on an EVM chain, each with an amount of its own, which the raw bytes show.</summary>
internal sealed class EvmCrashChain : ICrashChain
{
    // A payment's fee is at most a share of it, and a young chain's base fee is high.
    private static readonly BigInteger Least = BigInteger.Pow(10, 16);

    public JsonObject Payment(int number) => new() { ["amount"] = Amount(number).ToString(CultureInfo.InvariantCulture) };

    public bool IsEffectOf(NodeCall call, int number) =>
        call.Method == "eth_sendRawTransaction" && call.Parameters[0]!.GetValue<string>().Contains(Hex(number), StringComparison.OrdinalIgnoreCase);

    public async Task<string?> LeftInPoolAsync(World world) =>
        await world.Ledger.WaitingAsync() is { IsZero: false } waiting ? $"{waiting} transactions of the vault wait in the node's pool" : null;

    private static BigInteger Amount(int number) => Least + number;

    // As RLP has it: whole bytes without leading zeros, after their length.
    private static string Hex(int number)
    {
        var bytes = Amount(number).ToByteArray(isUnsigned: true, isBigEndian: true);
        return $"{0x80 + bytes.Length:x2}{Convert.ToHexStringLower(bytes)}";
    }
}
