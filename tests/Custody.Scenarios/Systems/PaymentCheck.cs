using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Withdrawals;

namespace Custody.Scenarios.Systems;

/// <summary>Whether a transaction on the chain is exactly an intent.</summary>
internal static class PaymentCheck
{
    /// <summary>The first difference as a sentence; null when there is none.</summary>
    public static async Task<string?> ProblemAsync(World world, JsonElement transaction, WithdrawalCase file)
    {
        var id = Text(transaction, "hash");
        var intents = file.WithPrefix("intent-").Concat(file.WithPrefix("amendment-").Where(d => d.Name.EndsWith("-intent", StringComparison.Ordinal))).Select(d => CanonicalJson.Deserialize<WithdrawalIntent>(d.Content.Span)).ToList();
        var intent = intents.FirstOrDefault(i => Differences(transaction, i).Count == 0);
        if (intent is null)
        {
            return intents.Count == 0 ? $"{id} pays for {file.State.Id}, which has no intent"
                : $"{id} is none of the intents of {file.State.Id}: {string.Join("; ", Differences(transaction, intents[^1]))}";
        }

        var fee = await world.Ledger.FeeAsync(id);
        return fee <= intent.Fee.MaxTotal ? null : $"{id} cost {fee}, and {intent.Fee.MaxTotal} was approved";
    }

    /// <summary>Whether a transaction moves nothing, from a vault's account to itself.</summary>
    public static bool IsFill(JsonElement transaction) =>
        Text(transaction, "to") == Text(transaction, "from") && ChainLedger.Number(Text(transaction, "value")).IsZero && Text(transaction, "input") == "0x"
        && ChainLedger.Number(Text(transaction, "gas")) == 21000;

    /// <summary>Whether a transaction moves coin from one vault's account to another's and nothing else.</summary>
    public static bool IsFunding(World world, JsonElement transaction) =>
        Text(transaction, "to") != Text(transaction, "from") && world.Vaults.Any(v => v.EvmAddress().ToString().Equals(Text(transaction, "to"), StringComparison.OrdinalIgnoreCase))
        && Text(transaction, "input") == "0x" && ChainLedger.Number(Text(transaction, "gas")) == 21000;

    private static List<string> Differences(JsonElement transaction, WithdrawalIntent intent)
    {
        var problems = new List<string>();
        var token = intent.Asset.IsNative ? null : intent.Asset.Reference.ToLowerInvariant();
        Require("recipient", Text(transaction, "to"), token ?? intent.Destination.ToLowerInvariant());
        Require("value", ChainLedger.Number(Text(transaction, "value")).ToString(), token is null ? intent.Amount.ToString() : "0");
        Require("chain id", ChainLedger.Number(Text(transaction, "chainId")).ToString(), new BigInteger(intent.Asset.Chain.EvmChainId).ToString());
        Require("calldata", Text(transaction, "input"), token is null ? "0x" : Call(intent));
        if (ChainLedger.Number(Text(transaction, "maxFeePerGas")) > intent.Fee.MaxRate)
        {
            problems.Add("the fee rate is above the approved one");
        }

        return problems;

        void Require(string field, string actual, string expected)
        {
            if (actual != expected)
            {
                problems.Add($"{field} is {actual}, and the intent says {expected}");
            }
        }
    }

    // transfer(address,uint256), written once more.
    private static string Call(WithdrawalIntent intent) =>
        $"0xa9059cbb{intent.Destination[2..].ToLowerInvariant().PadLeft(64, '0')}{intent.Amount.ToString("x64", CultureInfo.InvariantCulture)[^64..]}";

    private static string Text(JsonElement transaction, string member) => transaction.GetProperty(member).GetString()!.ToLowerInvariant();
}
