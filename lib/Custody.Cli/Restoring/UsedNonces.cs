using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Custody.Core.Assets;
using Custody.Core.Governance;

namespace Custody.Cli.Restoring;

/// <summary>Asks a chain's providers how many nonces an account has used, mined or waiting; the highest answer counts, and each must answer.</summary>
internal sealed class UsedNonces(IReadOnlyDictionary<ChainId, IReadOnlyList<Uri>> nodes) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(15) };

    /// <summary>The number; null when a provider does not say it, or is on another chain.</summary>
    public async Task<ulong?> OfAsync(VaultRegistration vault, CancellationToken cancellation)
    {
        if (nodes.GetValueOrDefault(vault.Chain) is not { Count: > 0 } providers)
        {
            return null;
        }

        var most = 0UL;
        try
        {
            foreach (var node in providers)
            {
                if (await AskAsync(node, "eth_chainId", [], cancellation) != vault.Chain.EvmChainId)
                {
                    return null;
                }

                foreach (var block in (string[])["latest", "pending"])
                {
                    most = Math.Max(most, await AskAsync(node, "eth_getTransactionCount", [vault.EvmAddress().ToString(), block], cancellation));
                }
            }

            return most;
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException
            || (failure is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<ulong> AskAsync(Uri node, string method, object[] parameters, CancellationToken cancellation)
    {
        using var reply = await _http.PostAsJsonAsync(node, new { jsonrpc = "2.0", id = 1, method, @params = parameters }, cancellation);
        var body = await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellation);
        var text = body.GetProperty("result").GetString();
        return text?.StartsWith("0x", StringComparison.Ordinal) == true
            ? ulong.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : throw new FormatException("It is no number.");
    }
}
