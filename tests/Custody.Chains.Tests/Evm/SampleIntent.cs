using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Intents;

namespace Custody.TestKeys;

/// <summary>A native ETH withdrawal on the local chain, to be varied with <c>with</c>.</summary>
internal static class SampleIntent
{
    public static readonly AssetId LocalEther = AssetId.Parse("eip155:31337/slip44:60");

    public static WithdrawalIntent Create(string destination, BigInteger amount) => new(
        1,
        IntentKind.Withdrawal,
        "wd-0001",
        "exchange-a",
        "customer-7",
        "request-1",
        LocalEther,
        amount,
        "entry-1",
        destination,
        null,
        "vault-hot-1",
        new FeeEnvelope(BigInteger.Parse("2000000000000000"), 90_000_000_000),
        "retail-small",
        1,
        new string('a', 64),
        1,
        null,
        DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch.AddHours(1),
        "client-key-1",
        new string('b', 64));
}
