using System.Numerics;
using Custody.Core.Admission;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Transactions;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Intents;

public sealed class IntentTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly WithdrawalIntent Intent = World.Intent;

    private static readonly TransactionFacts Exact = new(
        SampleGovernance.Chain, [new Payment(Intent.Asset, Intent.Destination, Intent.Amount)], [new TransactionSlot("7")], Intent.Fee.MaxTotal, Intent.Fee.MaxRate);

    private static readonly Dictionary<string, (string Field, TransactionFacts Facts)> Mismatches = new(StringComparer.Ordinal)
    {
        ["another chain"] = ("chain", Exact with { Chain = ChainId.Parse("eip155:1") }),
        ["no chain"] = ("chain", Exact with { Chain = default }),
        ["no payment"] = ("payments", Exact with { Payments = [] }),
        ["one payment more"] = ("payments", Exact with { Payments = [.. Exact.Payments, new Payment(Intent.Asset, Intent.Destination, 0)] }),
        ["the payment twice"] = ("payments", Exact with { Payments = [.. Exact.Payments, .. Exact.Payments] }),
        ["another asset"] = ("asset", Pay(p => p with { Asset = AssetId.Parse("eip155:31337/slip44:61") })),
        ["no asset"] = ("asset", Pay(p => p with { Asset = default })),
        ["another destination"] = ("destination", Pay(p => p with { Destination = People.WarmKey.Address.ToString() })),
        ["the destination in lower case"] = ("destination", Pay(p => p with { Destination = p.Destination.ToLowerInvariant() })),
        ["one base unit more"] = ("amount", Pay(p => p with { Amount = p.Amount + 1 })),
        ["one base unit less"] = ("amount", Pay(p => p with { Amount = p.Amount - 1 })),
        ["a fee above the envelope"] = ("maxTotalFee", Exact with { MaxTotalFee = Exact.MaxTotalFee + 1 }),
        ["a negative fee"] = ("maxTotalFee", Exact with { MaxTotalFee = -1 }),
        ["a rate above the envelope"] = ("maxFeeRate", Exact with { MaxFeeRate = Exact.MaxFeeRate + 1 }),
        ["a negative rate"] = ("maxFeeRate", Exact with { MaxFeeRate = -1 }),
    };

    public static TheoryData<string> MismatchNames => [.. Mismatches.Keys];

    [Fact]
    public void IntentMatch_ExactlyTheIntent_Holds() => Assert.True(IntentMatch.Holds(IntentMatch.Compare(Intent, Exact)));

    [Fact]
    public void IntentMatch_NoVerdicts_DoesNotHold() => Assert.False(IntentMatch.Holds([]));

    [Theory]
    [MemberData(nameof(MismatchNames))]
    public void IntentMatch_AnyFieldChanged_IsAMismatchOfThatField(string what)
    {
        var verdicts = IntentMatch.Compare(Intent, Mismatches[what].Facts);

        Assert.False(IntentMatch.Holds(verdicts));
        Assert.Contains(verdicts, v => v.Field == Mismatches[what].Field && !v.Matches);
    }

    [Property]
    public bool IntentMatch_AnyAmountsAndFees_HoldOnlyWhenExactAndWithin(int amount, int fee, int rate)
    {
        var facts = Pay(p => p with { Amount = Intent.Amount + amount }) with { MaxTotalFee = Intent.Fee.MaxTotal + fee, MaxFeeRate = Intent.Fee.MaxRate + rate };
        return IntentMatch.Holds(IntentMatch.Compare(Intent, facts)) == (amount == 0 && fee <= 0 && rate <= 0);
    }

    [Fact]
    public void IntentFactory_SameFacts_SameDigest_AndFractionsOfSecondsAreCut()
    {
        var admitted = AdmissionRule.Evaluate(World.AdmissionFacts).Admitted!;
        var again = IntentFactory.Create(admitted, World.Governed, 1, null, World.IntentAt.AddMilliseconds(900), Intent.VaultId);

        Assert.Equal(Intent.Digest(), again.Digest());
        Assert.Equal(Intent.Digest(), WithdrawalIntent.DigestOf(CanonicalJson.Serialize(Intent)));
        Assert.Equal(Intent.Digest(), CanonicalJson.Deserialize<WithdrawalIntent>(CanonicalJson.Serialize(Intent)).Digest());
    }

    [Fact]
    public void Digest_EveryMemberChanged_IsAnotherDigest()
    {
        WithdrawalIntent[] changed =
        [
            Intent with { Version = 2 }, Intent with { Kind = IntentKind.Sweep }, Intent with { WithdrawalId = "x" }, Intent with { ClientId = "x" },
            Intent with { CustomerId = "x" }, Intent with { RequestId = "x" }, Intent with { Asset = AssetId.Parse("eip155:1/slip44:60") },
            Intent with { Amount = BigInteger.One }, Intent with { WhitelistEntryId = "x" }, Intent with { Destination = "x" }, Intent with { Memo = "x" },
            Intent with { VaultId = "x" }, Intent with { Fee = Intent.Fee with { MaxRate = 1 } }, Intent with { Fee = Intent.Fee with { MaxTotal = 1 } },
            Intent with { RuleId = "x" }, Intent with { PolicyVersion = 2 }, Intent with { GovernanceDigest = "x" }, Intent with { Attempt = 2 },
            Intent with { ParentDigest = "x" }, Intent with { CreatedAt = World.Now }, Intent with { ExpiresAt = World.Now },
            Intent with { InitiatorKeyId = "x" }, Intent with { RequestDigest = "x" },
        ];

        Assert.True(changed.Length >= typeof(WithdrawalIntent).GetProperties().Length);
        Assert.Equal(changed.Length + 1, changed.Append(Intent).Select(i => i.Digest()).Distinct().Count());
    }

    private static TransactionFacts Pay(Func<Payment, Payment> edit) => Exact with { Payments = [edit(Exact.Payments[0])] };
}
