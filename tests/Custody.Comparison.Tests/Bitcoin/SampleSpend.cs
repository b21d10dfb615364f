using System.Numerics;
using Custody.Comparison.Bitcoin;
using Custody.Core.Assets;
using Custody.Core.Intents;
using Custody.TestKeys;

namespace Custody.Comparison.Tests.Bitcoin;

/// <summary>What the compare stage is given for the spend draft.</summary>
internal static class SampleSpend
{
    public static readonly AssetId Asset = AssetId.Parse("bip122:0f9188f13cb7b2c71f2a335e3a4fc328/slip44:1");
    public static readonly IReadOnlyDictionary<ChainId, AssetId> Native = new Dictionary<ChainId, AssetId> { [Asset.Chain] = Asset };
    public static readonly BitcoinComparison Comparison = new(Native);

    public static readonly ReservedCoin[] Coins =
    [
        new($"{SpendDraft.First.Id}:1", 100_000, SpendDraft.First.Bytes), new($"{SpendDraft.Second.Id}:0", 60_000, SpendDraft.Second.Bytes),
    ];

    // 160,000 in and 158,000 out, in 209 virtual bytes.
    public static WithdrawalIntent Intent(string destination = SpendDraft.Recipient, BigInteger? amount = null, string id = "wd-0001") =>
        SampleIntent.Create(destination, amount ?? SpendDraft.Payment) with { Asset = Asset, WithdrawalId = id, Fee = new FeeEnvelope(2_000, 10) };

    public static BitcoinComparisonInput Input(SpendDraft draft) =>
        new(Intent(), [], Asset.Chain, draft.Unsigned(), draft.Signed(), SpendDraft.Key, Coins, SpendDraft.Replaceable, 800_000);
}
