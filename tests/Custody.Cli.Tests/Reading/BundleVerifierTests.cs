using Custody.Cli.Tests.Support;
using Custody.Core.Customers;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Reading;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Cli.Tests.Reading;

/// <summary>Each part of a bundle, tampered with: the device names the fact and signs nothing.</summary>
public sealed class BundleVerifierTests
{
    private static readonly string OtherAddress = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";

    [Fact]
    public async Task Verify_HonestBundle_IsVerified()
    {
        using var system = await DemoSystem.CreateAsync();
        var bundle = await system.BundleAsync();

        var verified = Assert.IsType<BundleReading.Verified>(BundleVerifier.Verify(bundle, system.Terms(bundle.Id), DemoSystem.Now)).Bundle;

        Assert.Equal(bundle.IntentDigest, verified.IntentDigest);
        Assert.Equal("eth-standard", verified.Admitted.Rule.Id);
    }

    [Fact]
    public async Task Verify_AnotherWithdrawal_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        var asked = WithdrawalId.Derive("exchange-a", "another");
        AssertRefused(BundleVerifier.Verify(await system.BundleAsync(), system.Terms(asked), DemoSystem.Now), BundleFact.Withdrawal, RefusalCode.IntentMismatch);
    }

    [Fact]
    public async Task Verify_GovernanceOfAnotherRoot_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        using var other = await DemoSystem.CreateAsync();
        await AssertRefusedAsync(system, b => b with { Governance = [other.Draft.SignedGovernance] }, BundleFact.Governance, RefusalCode.TrustRootMismatch);
    }

    [Fact]
    public async Task Verify_GovernanceWithOneGovernor_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        var weak = system.Draft.SignedGovernance with { Signatures = [system.Draft.SignedGovernance.Signatures[0]] };
        await AssertRefusedAsync(system, b => b with { Governance = [weak] }, BundleFact.Governance, RefusalCode.GovernanceUnsigned);
    }

    [Fact]
    public async Task Verify_GovernanceChangedAfterSigning_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        var laxer = system.Draft.Governance with { Rules = [system.Draft.Governance.Rules[0] with { MaxAmount = 1_000 * DemoSystem.Ether }] };
        var forged = SignedDocument.Of(CanonicalJson.Serialize(laxer), system.Draft.SignedGovernance.Signatures);
        await AssertRefusedAsync(system, b => b with { Governance = [forged] }, BundleFact.Governance, RefusalCode.GovernanceUnsigned);
    }

    [Theory]
    [InlineData(2, "")]
    [InlineData(1, "another document of the same version")]
    public async Task Verify_GovernanceOlderThanSeen_IsRefused(int version, string digest)
    {
        using var system = await DemoSystem.CreateAsync();
        var bundle = await system.BundleAsync();
        var terms = system.Terms(bundle.Id, seen: new SeenGovernance(version, digest));
        AssertRefused(BundleVerifier.Verify(bundle, terms, DemoSystem.Now), BundleFact.Governance, RefusalCode.GovernanceSuperseded);
    }

    [Theory]
    [InlineData("!")]
    [InlineData("e30")]
    public async Task Verify_RequestThatIsNone_IsRefused(string request)
    {
        using var system = await DemoSystem.CreateAsync();
        await AssertRefusedAsync(system, b => b with { Request = request }, BundleFact.Request, RefusalCode.BodyMalformed);
    }

    [Fact]
    public async Task Verify_RequestOfAnotherWithdrawal_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        var other = await system.BundleAsync(system.Request("r-2"));
        await AssertRefusedAsync(system, b => b with { Request = other.Request, RequestSignature = other.RequestSignature }, BundleFact.Request, RefusalCode.IntentMismatch);
    }

    [Fact]
    public async Task Verify_RequestWithAnotherAmount_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        var body = CanonicalJson.Serialize(system.Request() with { Amount = 9 * DemoSystem.Ether });
        await AssertRefusedAsync(system, b => b with { Request = StrictBase64Url.Encode(body) }, BundleFact.RequestSignature, RefusalCode.SignatureInvalid);
    }

    [Fact]
    public async Task Verify_RequestSignedByAnOperator_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        var bundle = await system.BundleAsync(signedBy: "olivia");
        AssertRefused(BundleVerifier.Verify(bundle, system.Terms(bundle.Id), DemoSystem.Now), BundleFact.RequestSignature, RefusalCode.SignatureKeyUnknown);
    }

    [Fact]
    public async Task Verify_RequestExpired_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        var bundle = await system.BundleAsync();
        AssertRefused(BundleVerifier.Verify(bundle, system.Terms(bundle.Id), DemoSystem.Now.AddHours(2)), BundleFact.Request, RefusalCode.RequestExpired);
    }

    [Fact]
    public async Task Verify_AnotherCustomersRecord_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        await AssertRefusedAsync(system, b => b with { Customer = system.Draft.Customers[1].Signed }, BundleFact.Customer, RefusalCode.CustomerUnknown);
    }

    [Fact]
    public async Task Verify_CustomerRecordNotSignedByTheClient_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        var forged = await system.SignAsync(DocumentType.Customer, system.Draft.Customers[0].Record with { Class = CustomerClass.Retail }, "olivia");
        await AssertRefusedAsync(system, b => b with { Customer = forged }, BundleFact.Customer, RefusalCode.CustomerUnknown);
    }

    [Fact]
    public async Task Verify_WhitelistEntryWithAnotherAddress_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        var (entry, signed) = system.Draft.Entries[0];
        var forged = SignedDocument.Of(CanonicalJson.Serialize(entry with { Address = OtherAddress }), signed.Signatures);
        await AssertRefusedAsync(system, b => b with { WhitelistEntry = forged }, BundleFact.WhitelistEntry, RefusalCode.WhitelistEntryUnsigned);
    }

    [Fact]
    public async Task Verify_WhitelistEntryWithOneApprover_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        var weak = await system.SignAsync(DocumentType.WhitelistEntry, system.Draft.Entries[0].Entry, "exchange-a", "alice-1");
        await AssertRefusedAsync(system, b => b with { WhitelistEntry = weak }, BundleFact.WhitelistEntry, RefusalCode.WhitelistEntryUnsigned);
    }

    [Fact]
    public async Task Verify_WhitelistEntryOfAnotherCustomer_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        var other = await system.SignAsync(
            DocumentType.WhitelistEntry, system.Draft.Entries[0].Entry with { CustomerId = "customer-2" }, "exchange-a", "alice-1", "bob-1");
        await AssertRefusedAsync(
            system, b => b with { WhitelistEntry = other, WhitelistActivatedAt = DemoSystem.Now }, BundleFact.WhitelistEntry, RefusalCode.WhitelistOtherCustomer);
    }

    [Fact]
    public async Task Verify_WhitelistEntryNotActivated_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        await AssertRefusedAsync(system, b => b with { WhitelistActivatedAt = null }, BundleFact.WhitelistEntry, RefusalCode.WhitelistEntryInactive);
    }

    [Fact]
    public async Task Verify_WhitelistEntryCoolingOff_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync(change: plan => plan with { Whitelist = new WhitelistTerms(2, 86_400) });
        await AssertRefusedAsync(system, b => b with { WhitelistActivatedAt = DemoSystem.Now.AddHours(-23) }, BundleFact.WhitelistEntry, RefusalCode.WhitelistCoolingOff);
    }

    [Fact]
    public async Task Verify_AmountAboveTheRule_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        var bundle = await system.BundleAsync(system.Request() with { Amount = 11 * DemoSystem.Ether });
        AssertRefused(BundleVerifier.Verify(bundle, system.Terms(bundle.Id), DemoSystem.Now), BundleFact.Policy, RefusalCode.AmountAboveLimit);
    }

    [Fact]
    public async Task Verify_DigestOfAnotherIntent_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        await AssertRefusedAsync(system, b => b with { IntentDigest = new string('0', 64) }, BundleFact.IntentDigest, RefusalCode.IntentTampered);
    }

    public static TheoryData<string, Func<WithdrawalIntent, WithdrawalIntent>> ChangedIntents => new()
    {
        { "version", i => i with { Version = 2 } },
        { "kind", i => i with { Kind = IntentKind.Sweep } },
        { "withdrawalId", i => i with { WithdrawalId = WithdrawalId.Derive("exchange-a", "r-9") } },
        { "clientId", i => i with { ClientId = "exchange-b" } },
        { "customerId", i => i with { CustomerId = "customer-2" } },
        { "requestId", i => i with { RequestId = "r-9" } },
        { "asset", i => i with { Asset = Core.Assets.AssetId.Parse("eip155:1/slip44:60") } },
        { "amount", i => i with { Amount = i.Amount + 1 } },
        { "whitelistEntryId", i => i with { WhitelistEntryId = "entry-2" } },
        { "destination", i => i with { Destination = OtherAddress } },
        { "memo", i => i with { Memo = "7" } },
        { "vaultId", i => i with { VaultId = "cold-eth" } },
        { "fee", i => i with { Fee = i.Fee with { MaxTotal = i.Fee.MaxTotal + 1 } } },
        { "fee", i => i with { Fee = i.Fee with { MaxRate = i.Fee.MaxRate + 1 } } },
        { "ruleId", i => i with { RuleId = "lax" } },
        { "policyVersion", i => i with { PolicyVersion = 2 } },
        { "governanceDigest", i => i with { GovernanceDigest = new string('0', 64) } },
        { "attempt", i => i with { Attempt = 0 } },
        { "parentDigest", i => i with { ParentDigest = new string('0', 64) } },
        { "parentDigest", i => i with { Attempt = 2 } },
        { "createdAt", i => i with { CreatedAt = DemoSystem.Now.AddMinutes(5) } },
        { "expiresAt", i => i with { ExpiresAt = DemoSystem.Now.AddHours(3) } },
        { "expiresAt", i => i with { ExpiresAt = i.CreatedAt } },
        { "initiatorKeyId", i => i with { InitiatorKeyId = "client-exchange-b" } },
        { "requestDigest", i => i with { RequestDigest = new string('0', 64) } },
    };

    [Theory]
    [MemberData(nameof(ChangedIntents), DisableDiscoveryEnumeration = true)]
    public async Task Verify_IntentWithOneFieldChanged_IsRefusedNamingIt(string field, Func<WithdrawalIntent, WithdrawalIntent> change)
    {
        using var system = await DemoSystem.CreateAsync();
        var bundle = await system.BundleAsync(changeIntent: change);

        var refused = AssertRefused(BundleVerifier.Verify(bundle, system.Terms(bundle.Id), DemoSystem.Now), BundleFact.Intent, RefusalCode.IntentTampered);

        Assert.StartsWith($"The intent's {field} ", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_IntentOfEveryField_IsCoveredByATamperedOne()
    {
        using var system = await DemoSystem.CreateAsync();
        var members = typeof(WithdrawalIntent).GetProperties().Select(p => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(p.Name));
        Assert.Empty(members.Except(ChangedIntents.Select(row => row.Data.Item1)));
    }

    [Fact]
    public async Task Verify_AnotherAttemptThanTold_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        await AssertRefusedAsync(system, b => b with { Attempt = 2 }, BundleFact.Intent, RefusalCode.AttemptMismatch);
    }

    [Fact]
    public async Task Verify_DeviceOfSomebodyElse_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        var bundle = await system.BundleAsync();
        var terms = system.Terms(bundle.Id) with { ApproverId = "bob" };
        AssertRefused(BundleVerifier.Verify(bundle, terms, DemoSystem.Now), BundleFact.Approver, RefusalCode.DeviceUnknown);
    }

    [Fact]
    public async Task Verify_ApproverWhoIsTheClient_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync(change: plan => plan with
        {
            // Last: nor does that person's signature count for the client's own whitelist entry, which the first two sign.
            Approvers = [.. plan.Approvers.Skip(1), plan.Approvers[0] with { Person = "exchange-a" }],
        });
        await AssertRefusedAsync(system, b => b, BundleFact.Approver, RefusalCode.SelfApproval);
    }

    [Fact]
    public async Task Verify_VoteForAnotherIntent_DoesNotCount()
    {
        using var system = await DemoSystem.CreateAsync();
        var bundle = await system.BundleAsync();
        var other = await system.VoteAsync(await system.BundleAsync(system.Request("r-2")), "bob");

        var verified = Assert.IsType<BundleReading.Verified>(BundleVerifier.Verify(bundle with { Votes = [other] }, system.Terms(bundle.Id), DemoSystem.Now));

        Assert.Empty(verified.Bundle.Votes);
        Assert.Equal(0, verified.Bundle.Tally.Approvals);
    }

    private static async Task AssertRefusedAsync(DemoSystem system, Func<ApprovalBundle, ApprovalBundle> tamper, BundleFact fact, RefusalCode code)
    {
        var honest = await system.BundleAsync();
        AssertRefused(BundleVerifier.Verify(tamper(honest), system.Terms(honest.Id), DemoSystem.Now), fact, code);
    }

    private static BundleReading.Refused AssertRefused(BundleReading reading, BundleFact fact, RefusalCode code)
    {
        var refused = Assert.IsType<BundleReading.Refused>(reading);
        Assert.Equal((fact, code), (refused.Fact, refused.Code));
        return refused;
    }
}
