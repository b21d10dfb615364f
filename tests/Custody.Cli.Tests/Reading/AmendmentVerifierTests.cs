using Custody.Cli.Tests.Support;
using Custody.Core.Reading;
using Custody.Core.Results;

namespace Custody.Cli.Tests.Reading;

public sealed class AmendmentVerifierTests
{
    [Fact]
    public async Task Verify_AFeeBump_ShowsTheDifferenceAndThatNothingElseDiffers()
    {
        using var system = await DemoSystem.CreateAsync();
        var told = await system.BumpAsync(await system.BundleAsync());

        var text = AmendmentRenderer.Render(Verified(told, system), DemoSystem.Now).ToString();

        Assert.Contains($"Fee bump 1 of withdrawal {told.Id}, attempt 1", text, StringComparison.Ordinal);
        Assert.Contains("Fee         at most 0.01 ETH → 0.05 ETH\n              0.67 % → 3.34 % of the amount\n", text, StringComparison.Ordinal);
        Assert.Contains("Rate        at most 200 gwei per gas → 2000 gwei per gas\n", text, StringComparison.Ordinal);
        Assert.Contains("Payment     1.5 ETH\n", text, StringComparison.Ordinal);
        Assert.Contains("the same payment: nothing but the fee differs", text, StringComparison.Ordinal);
        Assert.Contains("Votes       0 of 1\n", text, StringComparison.Ordinal);
        Assert.Contains(told.Amendment!.IntentDigest, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AFeeBumpOfAnExpiredRequest_Holds()
    {
        using var system = await DemoSystem.CreateAsync();
        var later = DemoSystem.Now.AddHours(5);
        var told = await system.BumpAsync(await system.BundleAsync(), later);

        Assert.IsType<BundleReading.VerifiedAmendment>(BundleVerifier.Verify(told, system.Terms(told.Id), later));
        Assert.Equal(RefusalCode.RequestExpired, Assert.IsType<BundleReading.Refused>(BundleVerifier.Verify(told with { Amendment = null }, system.Terms(told.Id), later)).Code);
    }

    [Theory]
    [InlineData("fee", RefusalCode.IntentTampered)]
    [InlineData("recipient", RefusalCode.IntentTampered)]
    [InlineData("kind", RefusalCode.IntentTampered)]
    [InlineData("digest", RefusalCode.IntentTampered)]
    [InlineData("order", RefusalCode.SignatureMalformed)]
    [InlineData("terms", RefusalCode.AmendmentFeeAboveTerms)]
    [InlineData("deadline", RefusalCode.StatementExpired)]
    [InlineData("payment", RefusalCode.IntentTampered)]
    public async Task Verify_AFeeBumpThatIsNotWhatWasOrdered_IsRefused(string what, RefusalCode code)
    {
        using var system = await DemoSystem.CreateAsync();
        var honest = await system.BundleAsync();
        var told = what switch
        {
            "fee" => await system.BumpAsync(honest, stored: b => b with { Fee = b.Fee with { MaxRate = b.Fee.MaxRate - 1 } }),
            "recipient" => await system.BumpAsync(honest, stored: b => b with { Destination = "0x00000000000000000000000000000000000000AA" }),
            "kind" => await system.BumpAsync(honest, stored: b => b with { Kind = Core.Intents.IntentKind.Sweep }),
            "terms" => await system.BumpAsync(honest, maxTotal: DemoSystem.Ether),
            "payment" => await system.BumpAsync(await system.BundleAsync(changeIntent: i => i with { Amount = i.Amount + 1 })),
            "deadline" => await system.BumpAsync(honest, DemoSystem.Now.AddHours(-1)),
            _ => await system.BumpAsync(honest),
        };
        told = what switch
        {
            "digest" => told with { Amendment = told.Amendment! with { IntentDigest = new string('0', 64) } },
            "order" => told with { Amendment = told.Amendment! with { Order = "" } },
            _ => told,
        };

        var refused = Assert.IsType<BundleReading.Refused>(BundleVerifier.Verify(told, system.Terms(told.Id), DemoSystem.Now));

        Assert.Equal((what == "payment" ? BundleFact.Intent : BundleFact.Amendment, code), (refused.Fact, refused.Code));
    }

    // A cancel pays nobody: what stopped the payment since is the best reason for it.
    [Fact]
    public async Task Verify_ACancelOfWhatTheWhitelistNoLongerHas_HoldsAndShowsThatNothingIsPaid()
    {
        using var system = await DemoSystem.CreateAsync();
        var told = (await system.CancelAsync(await system.BundleAsync())) with { WhitelistEntry = null };

        var page = AmendmentRenderer.Render(Verified(told, system), DemoSystem.Now);

        Assert.Contains($"Cancel 1 of withdrawal {told.Id}, attempt 1", page.ToString(), StringComparison.Ordinal);
        Assert.Contains("Pay         nothing, from the vault's account to itself\n", page.ToString(), StringComparison.Ordinal);
        Assert.Contains(page.Sections[1].Lines, l => l is { Label: "Payment", Value: "1.5 ETH" });
        Assert.False(page.Sections[1].IsSigned);
    }

    [Fact]
    public async Task Verify_ACancelThatPaysSomebody_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        var told = await system.CancelAsync(await system.BundleAsync(), c => c with { Destination = "0x00000000000000000000000000000000000000AA" });

        Assert.Equal(RefusalCode.IntentTampered, Assert.IsType<BundleReading.Refused>(BundleVerifier.Verify(told, system.Terms(told.Id), DemoSystem.Now)).Code);
    }

    private static VerifiedAmendment Verified(ApprovalBundle told, DemoSystem system) =>
        Assert.IsType<BundleReading.VerifiedAmendment>(BundleVerifier.Verify(told, system.Terms(told.Id), DemoSystem.Now)).Amendment;
}
