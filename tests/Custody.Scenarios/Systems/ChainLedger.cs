using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Custody.Testing;

namespace Custody.Scenarios.Systems;

/// <summary>What the real chain holds of the vault's account, read from the node itself and not through its double.</summary>
internal sealed class ChainLedger(AnvilNode chain, string vault)
{
    /// <summary>Every mined transaction of the vault's account, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> SentAsync()
    {
        var sent = new List<JsonElement>();
        var count = Number((await chain.CallAsync("eth_getTransactionCount", vault, "latest")).GetString());
        for (var nonce = BigInteger.Zero; nonce < count; nonce++)
        {
            sent.Add(await chain.CallAsync("eth_getTransactionBySenderAndNonce", vault, "0x" + nonce.ToString("x", CultureInfo.InvariantCulture).TrimStart('0').PadLeft(1, '0')));
        }

        return sent;
    }

    /// <summary>How many of the vault's transactions wait in the node's pool.</summary>
    public async Task<BigInteger> WaitingAsync() =>
        Number((await chain.CallAsync("eth_getTransactionCount", vault, "pending")).GetString())
        - Number((await chain.CallAsync("eth_getTransactionCount", vault, "latest")).GetString());

    /// <summary>What an account received since the chain began, less what it spent.</summary>
    public async Task<BigInteger> GainAsync(string account) =>
        Number((await chain.CallAsync("eth_getBalance", account, "latest")).GetString()) - Number((await chain.CallAsync("eth_getBalance", account, "0x0")).GetString());

    /// <summary>What an account received of a token since the contract was made.</summary>
    public async Task<BigInteger> TokenGainAsync(string contract, string account) => Number((await chain.CallAsync(
        "eth_call", new { to = contract, data = $"0x70a08231{account[2..].ToLowerInvariant().PadLeft(64, '0')}" }, "latest")).GetString());

    public async Task<BigInteger> FeeAsync(string transactionId)
    {
        var receipt = await chain.CallAsync("eth_getTransactionReceipt", transactionId);
        return Number(receipt.GetProperty("gasUsed").GetString()) * Number(receipt.GetProperty("effectiveGasPrice").GetString());
    }

    public static BigInteger Number(string? hex) => BigInteger.Parse("0" + hex![2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
