using System.Numerics;
using Azure.Data.Tables;
using Custody.Core.Ledger;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Storage.Tests.Support;

namespace Custody.Storage.Tests;

public sealed class TableReservationStoreTests(AzuriteFixture azurite)
{
    private static readonly BigInteger Plenty = 1_000_000;

    private static ReservedWindow Value(string customer, int most, int amount) => Sample.Window(LimitScope.CustomerValue, customer, most) with { Amount = amount };

    private static ReservedWindow OfAllAssets(int most, int amount) => Sample.Window(LimitScope.PlatformValue, "platform", most) with { Amount = amount };

    private static CancellationToken Cancellation => Place.Cancellation;

    [Fact]
    public async Task ReserveAsync_UpToTheLimit_AllowsAndThenRefuses()
    {
        using var place = await Place.CreateAsync(azurite);
        var window = Sample.Window(LimitScope.Client, "exchange", most: 20);
        Assert.True((await ReserveAsync(place, "a", window)).IsAllowed);
        Assert.True((await ReserveAsync(place, "b", window)).IsAllowed);
        Assert.Equal(RefusalCode.VelocityExceeded, (await ReserveAsync(place, "c", window)).Code);
        Assert.True((await ReserveAsync(place, "a", window)).IsAllowed);
    }

    [Fact]
    public async Task PromisedAsync_IsWhatEachVaultReservedAndDidNotGiveBack()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Reservations;
        var one = Sample.Reservation("a", 10, Sample.Window(LimitScope.Client, "exchange", most: 100));
        await store.ReserveAsync(one, Plenty, Sample.Start, Cancellation);
        await store.ReserveAsync(one with { WithdrawalId = "b", VaultId = "other" }, Plenty, Sample.Start, Cancellation);
        await store.ReserveAsync(one with { WithdrawalId = "c", VaultId = "other" }, Plenty, Sample.Start, Cancellation);
        await store.ReleaseAsync(one with { WithdrawalId = "c" }, Cancellation);

        var promised = await store.PromisedAsync(one.Asset, [one.VaultId, "other", "idle"], Cancellation);

        Assert.Equal([12, 12, 0], [promised[one.VaultId], promised["other"], promised["idle"]]);
    }

    [Fact]
    public async Task ReserveAsync_RefusedByAWiderWindow_GivesBackTheNarrowOnes()
    {
        using var place = await Place.CreateAsync(azurite);
        var narrow = Sample.Window(LimitScope.Destination, "0xd", most: 10);
        Assert.Equal(RefusalCode.VelocityExceeded, (await ReserveAsync(place, "a", narrow, Sample.Window(LimitScope.Platform, "platform", most: 9))).Code);
        Assert.True((await ReserveAsync(place, "b", narrow)).IsAllowed);
    }

    [Fact]
    public async Task ReserveAsync_VaultDoesNotHoldAmountAndFee_RefusesAndGivesBack()
    {
        using var place = await Place.CreateAsync(azurite);
        var window = Sample.Window(LimitScope.Client, "exchange", most: 10);
        var store = place.Open().Reservations;
        Assert.Equal(RefusalCode.InsufficientFunds, (await store.ReserveAsync(Sample.Reservation("a", 10, window), 11, Sample.Start, Cancellation)).Code);
        Assert.True((await store.ReserveAsync(Sample.Reservation("b", 10, window), 12, Sample.Start, Cancellation)).IsAllowed);
        Assert.True((await store.ReserveAsync(Sample.Reservation("b", 10, window), 0, Sample.Start, Cancellation)).IsAllowed);
    }

    [Fact]
    public async Task ReserveAsync_ALimitOfAnotherAsset_Refuses()
    {
        using var place = await Place.CreateAsync(azurite);
        var other = Sample.Window(LimitScope.Client, "exchange") with { Limit = new VelocityLimit(LimitScope.Client, Core.Assets.AssetId.Parse("eip155:1/slip44:60"), 60, 1000) };
        Assert.Equal(RefusalCode.LimitMissing, (await ReserveAsync(place, "a", other)).Code);
    }

    [Fact]
    public async Task ReserveAsync_AHundredInParallelOverThreeProcesses_NeverPassTheLimit()
    {
        using var place = await Place.CreateAsync(azurite);
        var window = Sample.Window(LimitScope.Platform, "platform", most: 375);
        var processes = Enumerable.Range(0, 3).Select(_ => place.Open().Reservations).ToList();
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => processes[i % 3].ReserveAsync(Sample.Reservation($"w{i}", 10, window), Plenty, Sample.Start, Cancellation)));
        Assert.Equal(37, verdicts.Count(v => v.IsAllowed));
        Assert.Equal(37 * 12, await HeldAsync(place));
    }

    [Fact]
    public async Task ReserveAsync_AHundredInParallel_NeverPromiseMoreThanTheVaultHolds()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Reservations;
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => store.ReserveAsync(Sample.Reservation($"w{i}", 10, Sample.Window(LimitScope.Client, $"c{i}")), 250, Sample.Start, Cancellation)));
        Assert.Equal(20, verdicts.Count(v => v.IsAllowed));
    }

    // Five windows that overlap in different ways, two of them of one customer in two assets' reservations, over three processes.
    [Fact]
    public async Task ReserveAsync_FiftyInParallelInEveryScope_NoneIsEverPassed()
    {
        using var place = await Place.CreateAsync(azurite);
        var processes = Enumerable.Range(0, 3).Select(_ => place.Open().Reservations).ToList();
        Reservation Make(int i) => Sample.Reservation(
            $"w{i}", 10,
            Value($"exchange/c{i % 3}", most: 90, amount: 7 + (i % 3)),
            Sample.Window(LimitScope.Destination, $"0x{i % 4}", most: 85),
            Sample.Window(LimitScope.Client, $"exchange-{i % 2}", most: 160),
            Sample.Window(LimitScope.Automatic, "automatic", most: 255),
            Sample.Window(LimitScope.Platform, "platform", most: 260));

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => processes[i % 3].ReserveAsync(Make(i), Plenty, Sample.Start, Cancellation)));

        var taken = Enumerable.Range(0, 50).Where(i => verdicts[i].IsAllowed).Select(Make).ToList();
        Assert.NotEmpty(taken);
        Assert.All(
            taken.SelectMany(r => r.Windows.Select(w => (Window: w, Amount: w.Amount ?? r.Amount))).GroupBy(w => (w.Window.Limit.Scope, w.Window.Subject)),
            g => Assert.True(g.Aggregate(BigInteger.Zero, (sum, w) => sum + w.Amount) <= g.First().Window.Limit.MaxAmount, $"{g.Key} was passed"));
        Assert.Equal(taken.Count * 12, await HeldAsync(place));

        // What was refused left nothing behind: with everything given back, as much fits again.
        await Task.WhenAll(taken.Select(r => processes[0].ReleaseAsync(r, Cancellation)));
        Assert.Equal(5, (await Task.WhenAll(Enumerable.Range(100, 5).Select(i => processes[1].ReserveAsync(Make(i), Plenty, Sample.Start, Cancellation)))).Count(v => v.IsAllowed));
    }

    [Fact]
    public async Task ReserveAsync_OneCustomersValueInTwoAssets_AddsUp()
    {
        using var place = await Place.CreateAsync(azurite);
        var token = Core.Assets.AssetId.Parse("eip155:1/erc20:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48");
        var window = Value("exchange/c", most: 100, amount: 60);
        Assert.True((await ReserveAsync(place, "a", window)).IsAllowed);

        var other = Sample.Reservation("b", 10, window with { Limit = window.Limit with { Asset = token } }) with { Asset = token };
        var store = place.Open().Reservations;
        Assert.Equal(RefusalCode.VelocityExceeded, (await store.ReserveAsync(other, Plenty, Sample.Start, Cancellation)).Code);

        await store.ReleaseAsync(Sample.Reservation("a", 10, window), Cancellation);
        Assert.True((await store.ReserveAsync(other, Plenty, Sample.Start, Cancellation)).IsAllowed);
    }

    [Fact]
    public async Task ReserveAsync_ThePlatformsValueInTwoAssets_AddsUpOverAllClientsAndProcesses()
    {
        using var place = await Place.CreateAsync(azurite);
        var processes = Enumerable.Range(0, 3).Select(_ => place.Open().Reservations).ToList();
        Reservation Make(int i) => i % 2 == 0
            ? Sample.Reservation($"w{i}", 10, Value($"exchange/c{i}", most: 90, amount: 7), OfAllAssets(most: 100, amount: 7))
            : OfToken($"w{i}") with { Windows = [OfAllAssets(most: 100, amount: 7) with { Limit = new VelocityLimit(LimitScope.PlatformValue, Token, 3600, 100) }] };

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => processes[i % 3].ReserveAsync(Make(i), Plenty, Sample.Start, Cancellation)));

        Assert.Equal(14, verdicts.Count(v => v.IsAllowed));
        Assert.All(verdicts.Where(v => !v.IsAllowed), v => Assert.Equal(RefusalCode.VelocityExceeded, v.Code));
        Assert.Equal(98, (await BookRows.ReadValuesAsync(place)).Single(c => c.Name.StartsWith("platformvalue.", StringComparison.Ordinal)).Open);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => processes[0].ReleaseAsync(Make(i), Cancellation)));
        Assert.Empty(await BookRows.ReadValuesAsync(place));
    }

    // The wide one refuses, and the customer's day is as it was; the asset refuses, and both are.
    [Fact]
    public async Task ReserveAsync_RefusedByTheValueOrTheAsset_LeavesNothing()
    {
        using var place = await Place.CreateAsync(azurite);
        Assert.Equal(RefusalCode.VelocityExceeded, (await ReserveAsync(place, "a", Value("exchange/c", most: 90, amount: 7), OfAllAssets(most: 6, amount: 7))).Code);
        Assert.Equal(RefusalCode.VelocityExceeded, (await ReserveAsync(place, "a", Value("exchange/c", most: 90, amount: 7), Sample.Window(LimitScope.Client, "c", most: 9), OfAllAssets(most: 7, amount: 7))).Code);
        Assert.Empty(await BookRows.ReadValuesAsync(place));
        Assert.Empty(await BookRows.ValuesAsync(place));
    }

    // A next attempt that is worth more and finds no room for the rest at the vault: what the first one has stays.
    [Fact]
    public async Task ReserveAsync_AgainAtAHigherValueAndRefused_KeepsWhatItHas()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Reservations;
        Assert.True((await store.ReserveAsync(Sample.Reservation("a", 10, OfAllAssets(most: 100, amount: 7)), 12, Sample.Start, Cancellation)).IsAllowed);
        var next = Sample.Reservation("a", 10, OfAllAssets(most: 100, amount: 9)) with { VaultId = "vault-2" };
        Assert.Equal(RefusalCode.InsufficientFunds, (await store.ReserveAsync(next, 3, Sample.Start, Cancellation)).Code);
        Assert.Equal(["platformvalue.platform.3600 a 9 open"], await BookRows.ValuesAsync(place));
    }

    [Fact]
    public async Task ReleaseAsync_Reserved_GivesEverythingBackOnce()
    {
        using var place = await Place.CreateAsync(azurite);
        var window = Sample.Window(LimitScope.Client, "exchange", most: 20);
        await ReserveAsync(place, "a", window);
        await ReserveAsync(place, "b", window);
        var store = place.Open().Reservations;
        await store.ReleaseAsync(Sample.Reservation("a", 10, window), Cancellation);
        await store.ReleaseAsync(Sample.Reservation("a", 10, window), Cancellation);
        await store.ReleaseAsync(Sample.Reservation("never", 10, window), Cancellation);
        Assert.Equal(12, await HeldAsync(place));
        Assert.True((await ReserveAsync(place, "c", window)).IsAllowed);
        Assert.False((await ReserveAsync(place, "d", window)).IsAllowed);
    }

    [Fact]
    public async Task ReserveAsync_SettledLongerAgoThanTheWindow_NoLongerCounts()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Reservations;
        var window = Sample.Window(LimitScope.Client, "exchange", most: 10, seconds: 60);
        await ReserveAsync(place, "a", window);

        // Unpaid it counts however old it is: it may be paid at any moment.
        Assert.False((await store.ReserveAsync(Sample.Reservation("b", 10, window), Plenty, Sample.Start.AddDays(9), Cancellation)).IsAllowed);
        var paid = Sample.Start.AddDays(9);
        await store.SettleAsync(Sample.Reservation("a", 10, window), isPaid: true, 1, "0x1", paid, Cancellation);
        Assert.False((await store.ReserveAsync(Sample.Reservation("b", 10, window), Plenty, paid.AddSeconds(59), Cancellation)).IsAllowed);
        Assert.True((await store.ReserveAsync(Sample.Reservation("b", 10, window), Plenty, paid.AddSeconds(60), Cancellation)).IsAllowed);
        Assert.Equal(["client.exchange.60 10 +0", "hold.vault-1 12 +0"], await BookRows.CountersAsync(place));
    }

    [Fact]
    public async Task ReserveAsync_MoreTimesThanAreKept_CountsEachAtLeastAsLongAsTheWindow()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Reservations;
        var window = Sample.Window(LimitScope.Client, "exchange", most: 2300, seconds: 1000);
        for (var i = 0; i < 230; i++)
        {
            Assert.True((await ReserveAsync(place, $"w{i}", window)).IsAllowed);
            await store.SettleAsync(Sample.Reservation($"w{i}", 10, window), isPaid: true, 1, "0x1", Sample.Start.AddSeconds(i), Cancellation);
        }

        // The first is of Start: none has left before Start + 1000 s, and all have a hundredth of the window after the last one's time.
        Assert.False((await store.ReserveAsync(Sample.Reservation("x", 1, window), Plenty, Sample.Start.AddSeconds(999), Cancellation)).IsAllowed);
        Assert.True((await store.ReserveAsync(Sample.Reservation("x", 10, window), Plenty, Sample.Start.AddSeconds(1010), Cancellation)).IsAllowed);
        Assert.True((await store.ReserveAsync(Sample.Reservation("y", 2290, window), Plenty, Sample.Start.AddSeconds(1240), Cancellation)).IsAllowed);
    }

    // The next attempt may be under a rule with another vault and other windows. What the first one has stays until all is given back.
    [Fact]
    public async Task ReserveAsync_AgainAndMore_TakesTheRestAndKeepsWhatItHas()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Reservations;
        var (client, platform) = (Sample.Window(LimitScope.Client, "exchange", most: 10), Sample.Window(LimitScope.Platform, "platform", most: 10));
        Assert.True((await store.ReserveAsync(Sample.Reservation("a", 10, client), Plenty, Sample.Start, Cancellation)).IsAllowed);
        var next = Sample.Reservation("a", 10, client, platform) with { VaultId = "vault-2", MaxFee = 5 };
        Assert.Equal(RefusalCode.InsufficientFunds, (await store.ReserveAsync(next, 14, Sample.Start, Cancellation)).Code);
        Assert.True((await store.ReserveAsync(next, 15, Sample.Start, Cancellation)).IsAllowed);
        Assert.Equal(["client.exchange.3600 10 +0", "hold.vault-1 12 +0", "hold.vault-2 15 +0", "platform.platform.3600 10 +0"], await BookRows.CountersAsync(place));

        await store.ReleaseAsync(next, Cancellation);
        Assert.Empty(await BookRows.CountersAsync(place));
    }

    [Fact]
    public async Task SettleAsync_NeverReserved_IsBookedAndCountsAllTheSame()
    {
        using var place = await Place.CreateAsync(azurite);
        var window = Sample.Window(LimitScope.Client, "exchange", most: 10);
        await place.Open().Reservations.SettleAsync(Sample.Reservation("a", 10, window), isPaid: true, 1, "0x1", Sample.Start, Cancellation);
        Assert.Equal(RefusalCode.VelocityExceeded, (await ReserveAsync(place, "b", window)).Code);
        Assert.Equal(4, (await PostingsAsync(place)).Count);
    }

    [Fact]
    public async Task SettleAsync_Twice_BooksOneDoubleEntryAndEndsTheHold()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Reservations;
        var reservation = Sample.Reservation("a");
        await store.ReserveAsync(reservation, Plenty, Sample.Start, Cancellation);
        await store.SettleAsync(reservation, isPaid: true, 1, "0x1", Sample.Start, Cancellation);
        await store.SettleAsync(reservation, isPaid: true, 1, "0x1", Sample.Start.AddMinutes(5), Cancellation);
        await store.ReleaseAsync(reservation, Cancellation);

        Assert.Equal(0, await HeldAsync(place));
        Assert.Equal(["expense/fees +1 -0", "liability/exchange +10 -0", "vault/vault-1 +0 -1", "vault/vault-1 +0 -10"], await PostingsAsync(place));
        Assert.Equal(["client.exchange.3600 0 +10", "destination.0xd.3600 0 +10", "platform.platform.3600 0 +10"], await BookRows.CountersAsync(place));
        Assert.True((await store.ReserveAsync(reservation, Plenty, Sample.Start, Cancellation)).IsAllowed);
        Assert.Equal(0, await HeldAsync(place));
    }

    private static readonly Core.Assets.AssetId Token = Core.Assets.AssetId.Parse("eip155:31337/erc20:0x5FbDB2315678afecb367f032d93F642f64180aa3");

    private static Reservation OfToken(string id) => Sample.Reservation(id) with { Asset = Token, Windows = [], Coin = Sample.Ether };

    [Fact]
    public async Task ReserveCoinAsync_AHundredAtOnce_PromiseNoMoreThanThereIs()
    {
        using var place = await Place.CreateAsync(azurite);
        var processes = new[] { place.Open().Reservations, place.Open().Reservations };
        await place.Open().Reservations.ReserveAsync(Sample.Reservation("coin", 18), Plenty, Sample.Start, Cancellation);

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            var store = processes[i % 2];
            await store.ReserveAsync(OfToken($"t{i}"), Plenty, Sample.Start, Cancellation);
            return await store.ReserveCoinAsync(OfToken($"t{i}"), 101, Sample.Start, Cancellation);
        }));

        // 18 and the fee of 2 are promised; each takes 2 more of the 101.
        Assert.Equal(40, verdicts.Count(v => v.IsAllowed));
        Assert.All(verdicts.Where(v => !v.IsAllowed), v => Assert.Equal(RefusalCode.GasFundsMissing, v.Code));
        Assert.Equal(100, (await place.Open().Reservations.PromisedAsync(Sample.Ether, ["vault-1"], Cancellation))["vault-1"]);
        Assert.Equal(RefusalCode.InsufficientFunds, (await processes[0].ReserveAsync(Sample.Reservation("more", 1), 101, Sample.Start, Cancellation)).Code);
    }

    [Fact]
    public async Task ReserveCoinAsync_GivenBackOrPaid_PromisesNothing()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Reservations;
        foreach (var id in (string[])["a", "b"])
        {
            await store.ReserveAsync(OfToken(id), Plenty, Sample.Start, Cancellation);
            await store.ReserveCoinAsync(OfToken(id), Plenty, Sample.Start, Cancellation);
            await store.ReserveCoinAsync(OfToken(id), Plenty, Sample.Start, Cancellation);
        }

        Assert.Equal(4, await CoinAsync());
        await store.ReleaseAsync(OfToken("a"), Cancellation);
        await store.SettleAsync(OfToken("b"), isPaid: true, 1, "0x1", Sample.Start, Cancellation);
        await store.SettleAsync(OfToken("b"), isPaid: true, 1, "0x1", Sample.Start, Cancellation);
        await store.ReserveCoinAsync(OfToken("b"), Plenty, Sample.Start, Cancellation);

        Assert.Equal(0, await CoinAsync());
        Assert.Equal(["expense/fees +1 -0", "liability/unattributed +10 -0", "vault/vault-1 +0 -1", "vault/vault-1 +0 -10"], await PostingsAsync(place));

        async Task<BigInteger> CoinAsync() => (await store.PromisedAsync(Sample.Ether, ["vault-1"], Cancellation))["vault-1"];
    }

    [Fact]
    public async Task ReserveCoinAsync_OfCoin_TakesNothingMore()
    {
        using var place = await Place.CreateAsync(azurite);

        Assert.True((await place.Open().Reservations.ReserveCoinAsync(Sample.Reservation("a"), 0, Sample.Start, Cancellation)).IsAllowed);
        Assert.Empty(await BookRows.CountersAsync(place));
    }

    [Fact]
    public async Task SettleAsync_ToAVaultOfOurOwn_BooksFromVaultToVault()
    {
        using var place = await Place.CreateAsync(azurite);
        var store = place.Open().Reservations;
        var reservation = Sample.Reservation("a") with { ToVaultId = "vault-2" };
        await store.ReserveAsync(reservation, Plenty, Sample.Start, Cancellation);
        await store.SettleAsync(reservation, isPaid: true, 1, "0x1", Sample.Start, Cancellation);

        Assert.Equal(["expense/fees +1 -0", "vault/vault-1 +0 -1", "vault/vault-1 +0 -10", "vault/vault-2 +10 -0"], await PostingsAsync(place));
    }

    [Theory]
    [InlineData(Fault.NotSent)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.CrashBefore)]
    [InlineData(Fault.CrashAfter)]
    public async Task ReserveAsync_AnyRequestFails_RepeatedReservesOnce(Fault fault)
    {
        using var place = await Place.CreateAsync(azurite);
        var healthy = place.Open();
        await EveryFault.RunAsync(
            place,
            fault,
            (_, _) => Task.CompletedTask,
            async (s, id) => Assert.True((await s.Reservations.ReserveAsync(Retail(id), Plenty, Sample.Start, Cancellation)).IsAllowed),
            async (_, id) =>
            {
                Assert.Equal(Reserved, await BookRows.CountersAsync(place));
                Assert.Equal([$"customervalue.exchange/c.3600 {id} 7 open", $"platformvalue.platform.3600 {id} 7 open"], await BookRows.ValuesAsync(place));
                await healthy.Reservations.ReleaseAsync(Retail(id), Cancellation);
                Assert.Empty(await BookRows.CountersAsync(place));
                Assert.Empty(await BookRows.ValuesAsync(place));
            });
    }

    // Whatever dies between the writes leaves too much reserved, never too little: a withdrawal that counts in its asset's windows
    // counts in its customer's day too.
    [Theory]
    [InlineData(Fault.CrashBefore)]
    [InlineData(Fault.CrashAfter)]
    public async Task ReserveAsync_DiesAnywhere_NeverCountsTooLittle(Fault fault)
    {
        using var place = await Place.CreateAsync(azurite);
        var healthy = place.Open();
        for (var number = 1; number <= 4; number++)
        {
            var (id, tap) = (Sample.WithdrawalId($"{fault}-{number}"), new RequestTap());
            tap.Choose(number, fault);
            await Assert.ThrowsAsync<CrashException>(() => place.Open(tap).Reservations.ReserveAsync(Retail(id), Plenty, Sample.Start, Cancellation));
            var (counters, values) = (await BookRows.CountersAsync(place), await BookRows.ValuesAsync(place));
            Assert.True(counters.Count == 0 || (counters.SequenceEqual(Reserved) && values.Count == 2), string.Join(", ", counters));
            Assert.Equal(number > 2 || (number == 2 && fault == Fault.CrashAfter) ? 2 : 0, values.Count);

            // What the sweeper has the ender do.
            await healthy.Reservations.ReleaseAsync(Retail(id), Cancellation);
            Assert.Empty(await BookRows.CountersAsync(place));
            Assert.Empty(await BookRows.ValuesAsync(place));
        }
    }

    [Theory]
    [InlineData(Fault.NotSent)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.CrashBefore)]
    [InlineData(Fault.CrashAfter)]
    public async Task ReserveAsync_RefusedAndAnyRequestFails_NothingIsLeftAfterRelease(Fault fault)
    {
        using var place = await Place.CreateAsync(azurite);
        var healthy = place.Open();
        await EveryFault.RunAsync(
            place,
            fault,
            (_, _) => Task.CompletedTask,
            async (s, id) => Assert.False((await s.Reservations.ReserveAsync(Retail(id), 3, Sample.Start, Cancellation)).IsAllowed),
            async (_, id) =>
            {
                await healthy.Reservations.ReleaseAsync(Retail(id), Cancellation);
                Assert.Empty(await BookRows.CountersAsync(place));
                Assert.Empty(await BookRows.ValuesAsync(place));
            });
    }

    [Theory]
    [InlineData(Fault.NotSent)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.CrashBefore)]
    [InlineData(Fault.CrashAfter)]
    public async Task ReleaseAsync_AnyRequestFails_RepeatedReleasesOnce(Fault fault)
    {
        using var place = await Place.CreateAsync(azurite);
        await ReserveAsync(place, "other");
        var others = await BookRows.CountersAsync(place);
        await EveryFault.RunAsync(
            place,
            fault,
            (s, id) => s.Reservations.ReserveAsync(Retail(id), Plenty, Sample.Start, Cancellation),
            (s, id) => s.Reservations.ReleaseAsync(Retail(id), Cancellation),
            async (_, _) =>
            {
                Assert.Equal(others, await BookRows.CountersAsync(place));
                Assert.Empty(await BookRows.ValuesAsync(place));
            });
    }

    [Theory]
    [InlineData(Fault.NotSent)]
    [InlineData(Fault.AnswerLost)]
    [InlineData(Fault.CrashBefore)]
    [InlineData(Fault.CrashAfter)]
    public async Task SettleAsync_AnyRequestFails_RepeatedBooksOnce(Fault fault)
    {
        using var place = await Place.CreateAsync(azurite);
        var settled = 0;
        await EveryFault.RunAsync(
            place,
            fault,
            (s, id) => s.Reservations.ReserveAsync(Retail(id), Plenty, Sample.Start, Cancellation),
            (s, id) => s.Reservations.SettleAsync(Retail(id), isPaid: true, 1, "0x1", Sample.Start.AddSeconds(settled), Cancellation),
            async (_, _) =>
            {
                settled++;
                Assert.Equal(0, await HeldAsync(place));
                Assert.Equal(4 * settled, (await PostingsAsync(place)).Count);
                Assert.Contains($"client.exchange.3600 0 +{10 * settled}", await BookRows.CountersAsync(place));
                Assert.Equal(2 * settled, (await BookRows.ValuesAsync(place)).Count(v => v.EndsWith("settled", StringComparison.Ordinal)));
                Assert.Equal([7 * settled, 7 * settled], (await BookRows.ReadValuesAsync(place)).Select(c => (int)c.Settled));
            });
    }

    private static readonly string[] Reserved = ["client.exchange.3600 10 +0", "destination.0xd.3600 10 +0", "hold.vault-1 12 +0", "platform.platform.3600 10 +0"];

    private static Reservation Retail(string id)
    {
        var professional = Sample.Reservation(id);
        return professional with { Windows = [Value("exchange/c", most: 1000, amount: 7), .. professional.Windows, OfAllAssets(most: 1000, amount: 7)] };
    }

    private static Task<Verdict> ReserveAsync(Place place, string id, params ReservedWindow[] windows) =>
        place.Open().Reservations.ReserveAsync(Sample.Reservation(id, 10, windows), Plenty, Sample.Start, Cancellation);

    private static async Task<BigInteger> HeldAsync(Place place) => (await BookRows.ReadAsync(place)).SingleOrDefault(c => c.Name == "hold.vault-1")?.Open ?? 0;

    private static async Task<List<string>> PostingsAsync(Place place) =>
        [.. (await place.Table("Ledger").QueryAsync<TableEntity>(cancellationToken: Cancellation).ToListAsync(Cancellation))
            .Where(r => r.RowKey.StartsWith("posting-", StringComparison.Ordinal))
            .Select(r => $"{r.GetString("Account")} +{r.GetString("Debit")} -{r.GetString("Credit")}").Order(StringComparer.Ordinal)];
}
