using System.Globalization;
using System.Net.Http.Json;
using System.Numerics;
using System.Text.Json;

namespace Custody.LocalStack.Parts;

/// <summary>The EVM node's JSON-RPC, as far as the stack speaks it.</summary>
internal sealed class Node(string url) : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly Uri _url = new(url);

    /// <summary>True once it answers.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await CallAsync("eth_chainId", [], cancellation);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Sets the node's clock, which goes on from there.</summary>
    public async Task<bool> SetTimeAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await CallAsync("evm_setTime", [now.ToUnixTimeSeconds()], cancellation);
        return true;
    }

    /// <summary>The balance in the newest block, wei.</summary>
    public async Task<BigInteger> BalanceAsync(string address, CancellationToken cancellation) =>
        Quantity(await CallAsync("eth_getBalance", [address, "latest"], cancellation));

    /// <summary>Pays from the first of the node's own development accounts.</summary>
    public async Task PayAsync(string to, BigInteger wei, CancellationToken cancellation)
    {
        var accounts = await CallAsync("eth_accounts", [], cancellation);
        await CallAsync("eth_sendTransaction", [new { from = accounts[0].GetString(), to, value = "0x" + wei.ToString("x", CultureInfo.InvariantCulture).TrimStart('0') }], cancellation);
    }

    /// <summary>A transaction that is in a block.</summary>
    public async Task<MinedTransaction> TransactionAsync(string hash, CancellationToken cancellation)
    {
        var transaction = await CallAsync("eth_getTransactionByHash", [hash], cancellation);
        var receipt = await CallAsync("eth_getTransactionReceipt", [hash], cancellation);
        return new MinedTransaction(
            hash,
            transaction.GetProperty("from").GetString()!,
            transaction.GetProperty("to").GetString()!,
            Quantity(transaction.GetProperty("value")),
            Quantity(receipt.GetProperty("gasUsed")) * Quantity(receipt.GetProperty("effectiveGasPrice")),
            Quantity(receipt.GetProperty("blockNumber")),
            receipt.GetProperty("blockHash").GetString()!);
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> CallAsync(string method, IReadOnlyList<object> parameters, CancellationToken cancellation)
    {
        using var answer = await _http.PostAsJsonAsync(_url, new { jsonrpc = "2.0", id = 1, method, @params = parameters }, cancellation);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return body.TryGetProperty("result", out var result) && result.ValueKind != JsonValueKind.Null
            ? result
            : throw new StackFailure($"The node answers {method} with {body}.");
    }

    private static BigInteger Quantity(JsonElement value) =>
        BigInteger.Parse("0" + value.GetString()![2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
