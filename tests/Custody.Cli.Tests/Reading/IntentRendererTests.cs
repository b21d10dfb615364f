using Custody.Cli.Tests.Support;
using Custody.Core.Approvals;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Policy;
using Custody.Core.Reading;
using Custody.Testing;

namespace Custody.Cli.Tests.Reading;

public sealed class IntentRendererTests
{
    private const string Golden = """
        Withdrawal <id>, attempt 1

        Verified from the pinned trust root
          Pay         1.5 ETH
                      1500000000000000000 base units of eip155:31337/slip44:60
          To          0x 7099 7970 C518 12dc 3A01 0C7d 01b5 0e0d 17dc 79C8
                      “Customer 1, own wallet”, whitelist entry entry-1
          Fee         at most 0.01 ETH, 0.67 % of the amount
                      at most 200 gwei per gas
          For         customer customer-1, professional
                      of Exchange A (exchange-a)
          From        vault hot-eth, hot, on eip155:31337
                      <vault address>
          Request     r-1
                      signed with client-exchange-a, issued 2026-01-31 12:00:00 UTC
          Rule        eth-standard
                      2 people from 2 sites, approver, signed at once
          Votes       1 of 2
                      bob (sg) approved
          Expires     2026-01-31 14:00:00 UTC
                      in 2 hours 0 minutes
          Governance  version 1
                      <governance digest>
          Intent      <intent digest>

        The server's word only: under no signature
          Status      awaitingApproval
          Entry       active since 2026-01-30 12:00:00 UTC
                      for 1 day 0 hours
          Decide by   2026-01-31 12:59:59 UTC
                      in 59 minutes

        """;

    [Fact]
    public async Task Render_AVoteByWebAuthn_SaysThatItsDeviceVerifiedNothing()
    {
        var authenticator = new SoftwareAuthenticator("carol");
        var made = authenticator.Register("carol", "carol-key");
        using var system = await DemoSystem.CreateAsync(change: p => p with
        {
            WebAuthn = new WebAuthnTerms(
                SoftwareAuthenticator.RelyingParty, [SoftwareAuthenticator.Origin], [new AuthenticatorModel(SoftwareAuthenticator.Model, [SoftwareAuthenticator.Root])]),
            Rules = [.. p.Rules.Select(r => r with { Approvals = r.Approvals with { WebAuthn = true } })],
            Approvers = [.. p.Approvers.Select(a => a.Id != "carol" ? a : a with
            {
                Devices = [.. a.Devices, new("carol-key", WebAuthn: new WebAuthnCredential(
                    SoftwareAuthenticator.Text(made.CredentialId), SoftwareAuthenticator.Text(made.ClientData), SoftwareAuthenticator.Text(made.AttestationObject)))],
            })],
        });
        var told = await system.BundleAsync();
        var plain = SignedVote.StatementOf(await system.VoteAsync(told, "carol"))!;
        var keyed = CanonicalJson.Serialize(plain with { DeviceId = "carol-key" });
        told = told with { Votes = [await system.VoteAsync(told, "bob"), authenticator.Vote(keyed)] };
        var bundle = Assert.IsType<BundleReading.Verified>(BundleVerifier.Verify(told, system.Terms(told.Id), DemoSystem.Now)).Bundle;

        var text = IntentRenderer.Render(bundle, DemoSystem.Now).ToString();

        Assert.Contains("Votes       2 of 2\n", text, StringComparison.Ordinal);
        Assert.Contains("bob (sg) approved, carol (ldn) approved by WebAuthn, without verifying it", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_VerifiedBundle_IsTheGoldenPage()
    {
        using var system = await DemoSystem.CreateAsync();
        var told = await system.BundleAsync();
        told = told with { Votes = [await system.VoteAsync(told, "bob")], ApprovalDeadline = DemoSystem.Now.AddSeconds(3599) };
        var bundle = Assert.IsType<BundleReading.Verified>(BundleVerifier.Verify(told, system.Terms(told.Id), DemoSystem.Now)).Bundle;

        var text = IntentRenderer.Render(bundle, DemoSystem.Now).ToString();

        Assert.Equal(
            Golden.ReplaceLineEndings("\n"),
            text.Replace(told.Id, "<id>", StringComparison.Ordinal)
                .Replace(told.IntentDigest!, "<intent digest>", StringComparison.Ordinal)
                .Replace(system.Governed.Digest, "<governance digest>", StringComparison.Ordinal)
                .Replace(AddressText.Grouped(system.Governed.Vault("hot-eth")!.EvmAddress().ToString()), "<vault address>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Render_LabelThatMovesTheCursor_IsShownAsCodePoints()
    {
        using var system = await DemoSystem.CreateAsync(change: plan => plan with
        {
            WhitelistEntries = [plan.WhitelistEntries[0] with { Label = "safe\u001b[1A\u202ewallet" }],
        });
        var told = await system.BundleAsync();
        var bundle = Assert.IsType<BundleReading.Verified>(BundleVerifier.Verify(told, system.Terms(told.Id), DemoSystem.Now)).Bundle;

        var lines = IntentRenderer.Render(bundle, DemoSystem.Now).Sections[0].Lines;

        Assert.Equal("“safe<U+001B>[1A<U+202E>wallet”, whitelist entry entry-1", lines.Single(l => l.Label == "To").Detail);
    }

    [Fact]
    public async Task Render_NearTheEnd_CountsDownAndNeverUp()
    {
        using var system = await DemoSystem.CreateAsync();
        var told = await system.BundleAsync();
        told = told with { ApprovalDeadline = DemoSystem.Now.AddHours(1) };
        var bundle = Assert.IsType<BundleReading.Verified>(BundleVerifier.Verify(told, system.Terms(told.Id), DemoSystem.Now)).Bundle;

        Assert.Equal("less than a minute", Left(DemoSystem.Now.AddMinutes(59).AddSeconds(1)));
        Assert.Equal("1 minute", Left(DemoSystem.Now.AddMinutes(59)));
        Assert.Equal("past", Left(DemoSystem.Now.AddHours(1)));

        string Left(DateTimeOffset now) => IntentRenderer.Render(bundle, now).Sections[1].Lines.Single(l => l.Label == "Decide by").Detail!.Replace("in ", "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_Token_ShowsUnitsContractAndTheFeeInCoin()
    {
        var asset = AssetId.Parse("eip155:31337/erc20:0x5FbDB2315678afecb367f032d93F642f64180aa3");
        using var system = await DemoSystem.CreateAsync(change: plan => plan with
        {
            Assets = [.. plan.Assets, new AssetRegistration(asset, "USDX", 6, new TokenTerms("0x" + new string('c', 64), 100_000))],
            Rules = [plan.Rules[0] with { Assets = [.. plan.Rules[0].Assets, asset] }],
        });
        var told = await system.BundleAsync(system.Request() with { Asset = asset, Amount = 25_500_000 });
        var bundle = Assert.IsType<BundleReading.Verified>(BundleVerifier.Verify(told, system.Terms(told.Id), DemoSystem.Now)).Bundle;

        var lines = IntentRenderer.Render(bundle, DemoSystem.Now).Sections[0].Lines;

        Assert.Contains(new ReadingLine("Pay", "25.5 USDX", $"25500000 base units of {asset}"), lines);
        Assert.Contains(new ReadingLine("Token", "0x 5FbD B231 5678 afec b367 f032 d93F 642f 6418 0aa3", "the contract that is called; a symbol is only a name"), lines);
        Assert.Equal("at most 0.01 ETH", lines.Single(l => l.Label == "Fee").Value);
    }

    [Fact]
    public async Task Render_ARuleWithGroupsWebAuthnAndVideo_NamesThemAll()
    {
        var rule = await RuleAsync(r => r with
        {
            Approvals = r.Approvals with { Groups = [new ApprovalGroup("approver", 2, 2)], WebAuthn = true },
            VideoConfirmation = true,
            CoolingOffSeconds = 3600,
        });

        Assert.Equal(
            "2 people from 2 sites, approver, with 2 approver from 2 sites, votes by WebAuthn count beside one that verified this, a video call must be recorded, signed 1 hour 0 minutes after",
            rule.Detail);
    }

    [Fact]
    public async Task Render_AnAutomaticRule_SaysThatNobodyIsNeeded() => Assert.Equal(
        "automatic: nobody's approval is needed, signed at once",
        (await RuleAsync(r => r with { Approvals = new Quorum(0, 0, null, Automatic: true) })).Detail);

    [Fact]
    public async Task Render_NobodyVoted_SaysSo()
    {
        using var system = await DemoSystem.CreateAsync();
        var told = await system.BundleAsync();
        var bundle = Assert.IsType<BundleReading.Verified>(BundleVerifier.Verify(told, system.Terms(told.Id), DemoSystem.Now)).Bundle;

        Assert.Equal(new ReadingLine("Votes", "0 of 2", "nobody has voted"), IntentRenderer.Render(bundle, DemoSystem.Now).Sections[0].Lines.Single(l => l.Label == "Votes"));
    }

    private static async Task<ReadingLine> RuleAsync(Func<PolicyRule, PolicyRule> change)
    {
        using var system = await DemoSystem.CreateAsync(change: plan => plan with
        {
            WebAuthn = new WebAuthnTerms(
                SoftwareAuthenticator.RelyingParty, [SoftwareAuthenticator.Origin], [new AuthenticatorModel(SoftwareAuthenticator.Model, [SoftwareAuthenticator.Root])]),
            Rules = [change(plan.Rules[0])],
            Limits = [.. plan.Limits, plan.Limits[0] with { Scope = LimitScope.Automatic }],
        });
        var told = await system.BundleAsync();
        var bundle = Assert.IsType<BundleReading.Verified>(BundleVerifier.Verify(told, system.Terms(told.Id), DemoSystem.Now)).Bundle;
        return IntentRenderer.Render(bundle, DemoSystem.Now).Sections[0].Lines.Single(l => l.Label == "Rule");
    }
}
