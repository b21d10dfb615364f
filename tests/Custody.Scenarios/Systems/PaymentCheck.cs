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
        var intents = file.WithPrefix("intent-").Select(d => CanonicalJson.Deserialize<WithdrawalIntent>(d.Content.Span)).ToList();
        var intent = intents.FirstOrDefault(i => Differences(transaction, i).Count == 0);
        if (intent is null)
        {
            return intents.Count == 0 ? $"{id} pays for {file.State.Id}, which has no intent"
                : $"{id} is none of the intents of {file.State.Id}: {string.Join("; ", Differences(transaction, intents[^1]))}";
        }

        var fee = await world.Ledger.FeeAsync(id);
        return fee <= intent.Fee.MaxTotal ? null : $"{id} cost {fee}, and {intent.Fee.MaxTotal} was approved";
    }

    private static List<string> Differences(JsonElement transaction, WithdrawalIntent intent)
    {
        var problems = new List<string>();
        Require("recipient", Text(transaction, "to"), intent.Destination.ToLowerInvariant());
        Require("value", ChainLedger.Number(Text(transaction, "value")).ToString(), intent.Amount.ToString());
        Require("chain id", ChainLedger.Number(Text(transaction, "chainId")).ToString(), new BigInteger(intent.Asset.Chain.EvmChainId).ToString());
        Require("calldata", Text(transaction, "input"), "0x");
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

    private static string Text(JsonElement transaction, string member) => transaction.GetProperty(member).GetString()!.ToLowerInvariant();
}
