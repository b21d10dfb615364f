using Custody.Chains.Bitcoin;
using Custody.Core.Intents;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Custody.Chains.Tests.Bitcoin;

public sealed class CoinSelectorProperties
{
    [Property(MaxTest = 1000)]
    public Property Select_Anything_KeepsEveryPromise() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var (coins, request) = Case(random);
        return CoinSelector.Select(coins, request) is not CoinSelection.Selected selected || Holds(selected, coins, request);
    });

    [Property(MaxTest = 200)]
    public Property Select_CoinsInAnotherOrder_ChoosesTheSame() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var (coins, request) = Case(random);
        var shuffled = coins.ToArray();
        random.Shuffle(shuffled);
        return Text(CoinSelector.Select(coins, request)) == Text(CoinSelector.Select(shuffled, request));
    });

    // With every coin worth something and no cap in the way, the sum alone decides whether there is a selection.
    [Property(MaxTest = 200)]
    public Property Select_Insufficient_IsNeverSaidOfEnough() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var (coins, request) = Case(random);
        request = request with { MaxInputs = 200, SpendsUnconfirmed = true };
        var worth = coins.Where(c => c.Amount > request.Rate.FeeOf(SpendSize.Input)).ToList();
        var required = request.Payments.Sum(p => p.Amount) + request.Rate.FeeOf(SpendSize.Of(worth.Count, request.Payments));
        return CoinSelector.Select(coins, request) is CoinSelection.Insufficient == worth.Sum(c => c.Amount) < required;
    });

    // A planned fee has to be right before there are signatures: the built transaction, signed, is at most the planned size.
    [Property(MaxTest = 200)]
    public Property Build_Selection_PaysTheRateWhenSigned() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var random = new Random(seed);
        var (coins, request) = Case(random);
        if (CoinSelector.Select(coins, request) is not CoinSelection.Selected selected)
        {
            return true;
        }

        var unsigned = SpendPlan.Build(selected, request.Payments, SamplePsbt.Script, 800_000);
        var longest = (byte[])[.. Enumerable.Repeat((byte)0xf0, 32), .. Enumerable.Repeat((byte)0x70, 32)];
        var signed = SpendPlan.Sign(unsigned, [.. unsigned.Inputs.Select(_ => (ReadOnlyMemory<byte>)longest)], SamplePsbt.Key);
        var paid = selected.Coins.Sum(c => c.Amount) - signed.Outputs.Sum(o => o.Amount);
        return signed.VirtualSize == SpendSize.Of(signed.Inputs.Count, (IReadOnlyCollection<TransactionOutput>)signed.Outputs)
            && paid == selected.Fee && paid >= request.Rate.FeeOf(signed.VirtualSize)
            && TransactionSanity.Problem(signed) is null
            && signed.Inputs.All(i => i.Sequence == TransactionInput.Replaceable);
    });

    private static bool Holds(CoinSelection.Selected selected, Coin[] coins, CoinRequest request)
    {
        var paid = request.Payments.Sum(p => p.Amount);
        var change = selected.Change.IsZero ? [] : new[] { new TransactionOutput((long)selected.Change, SamplePsbt.Script) };
        var size = SpendSize.Of(selected.Coins.Count, [.. request.Payments, .. change]);
        return selected.Coins.Count <= request.MaxInputs
            && selected.Coins.Distinct().Count() == selected.Coins.Count && selected.Coins.All(coins.Contains)
            && (request.SpendsUnconfirmed || selected.Coins.All(c => c.IsConfirmed))
            && selected.Coins.Sum(c => c.Amount) == paid + selected.Change + selected.Fee
            && selected.Fee >= request.Rate.FeeOf(size)
            && (selected.Change.IsZero || selected.Change >= DustLimit.Change)
            && request.Envelopes.Sum(e => (long)e.MaxTotal) >= selected.Fee && request.Envelopes.All(e => e.MaxRate * size >= selected.Fee);
    }

    private static (Coin[] Coins, CoinRequest Request) Case(Random random)
    {
        var most = 1 << random.Next(12, 24);
        var coins = Enumerable.Range(0, random.Next(60))
            .Select(i => new Coin(CoinSelectorTests.At(i), random.Next(5) == 0 ? most / 2 : random.Next(1, most), random.Next(4) > 0)).ToArray();
        var request = CoinSelectorTests.Request([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.NextInt64(300, most * 2L))], new FeeRate(random.Next(1000, 60_000))) with
        {
            MaxInputs = random.Next(1, 80),
            ChangeFloor = random.Next(20_000),
            SpendsUnconfirmed = random.Next(2) == 0,
            Envelopes = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => new FeeEnvelope(random.Next(500, 60_000), random.Next(1, 200)))],
        };
        return (coins, request);
    }

    private static string Text(CoinSelection selection) => selection is CoinSelection.Selected selected
        ? $"{string.Join(',', selected.Coins.Select(c => c.Outpoint))} {selected.Change} {selected.Fee}"
        : selection.ToString();
}
