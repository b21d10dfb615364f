using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Custody.Testing;

namespace Custody.Scenarios.Systems;

/// <summary>What the real chain holds of the vaults' accounts, read from the node itself and not through its double.</summary>
internal sealed class ChainLedger(AnvilNode chain, IReadOnlyList<string> vaults)
{
    /// <summary>Every mined transaction of the vaults' accounts, one vault after the other, each oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> SentAsync()
    {
        var sent = new List<JsonElement>();
        foreach (var vault in vaults)
        {
            sent.AddRange(await SentAsync(vault));
        }

        return sent;
    }

    /// <summary>Every mined transaction of an account, oldest first: the chain knows no gaps.</summary>
    public async Task<IReadOnlyList<JsonElement>> SentAsync(string vault)
    {
        var sent = new List<JsonElement>();
        var count = Number((await chain.CallAsync("eth_getTransactionCount", vault, "latest")).GetString());
        for (var nonce = BigInteger.Zero; nonce < count; nonce++)
        {
            sent.Add(await chain.CallAsync("eth_getTransactionBySenderAndNonce", vault, "0x" + nonce.ToString("x", CultureInfo.InvariantCulture).TrimStart('0').PadLeft(1, '0')));
        }

        return sent;
    }

    /// <summary>How many of the vaults' transactions wait in the node's pool.</summary>
    public async Task<BigInteger> WaitingAsync()
    {
        var waiting = BigInteger.Zero;
        foreach (var vault in vaults)
        {
            waiting += Number((await chain.CallAsync("eth_getTransactionCount", vault, "pending")).GetString())
                - Number((await chain.CallAsync("eth_getTransactionCount", vault, "latest")).GetString());
        }

        return waiting;
    }

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
