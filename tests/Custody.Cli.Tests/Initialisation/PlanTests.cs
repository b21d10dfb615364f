using Custody.Cli.Initialisation;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Signatures;

namespace Custody.Cli.Tests.Initialisation;

/// <summary>Plans that cannot work are refused before anything is made, with the reason.</summary>
public sealed class PlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly InitialisationPlan Local = LocalPlan.Create(new LocalPlaces());

    private static readonly string Point = StrictBase64Url.Encode([4, .. new byte[64]]);
    private static readonly string OtherPoint = StrictBase64Url.Encode([4, .. new byte[63], 1]);
    private const string HsmKey = "https://custody.managedhsm.azure.net/keys/hot/0123456789abcdef0123456789abcdef";

    private static readonly Dictionary<string, InitialisationPlan> Unworkable = new()
    {
        ["The plan's version must be 1."] = Local with { Version = 2 },
        ["The id 'olivia' is used for two of governors, clients, approvers, operators and price sources"] = Local with { Clients = [Local.Clients[0], new ClientPlan("olivia", "O")] },
        ["The id 'a b' must be"] = Local with { Operators = [new OperatorPlan("a b", "p")] },
        ["The device 'alice-1' is listed twice."] = Local with { Approvers = [.. Local.Approvers, new ApproverPlan("dave", "dave", "approver", "hk", [new DevicePlan("alice-1")])] },
        ["The customer 'customer-9' names the client 'nobody'"] = Local with { Customers = [.. Local.Customers, new CustomerPlan("nobody", "customer-9", Core.Customers.CustomerClass.Retail)] },
        ["The whitelist entry 'entry-1' is for the customer 'customer-9' of 'exchange-a'"] = Local with { WhitelistEntries = [Local.WhitelistEntries[0] with { CustomerId = "customer-9" }] },
        ["The plan needs at least one vault."] = Local with { Vaults = [] },
        ["The api's url 'localhost' must be an absolute http or https URL."] = Local with { Api = Local.Api with { Url = "localhost" } },
        ["The genesisHash of the chain eip155:31337 must be"] = Local with { Chains = [Local.Chains[0] with { GenesisHash = "0x1" }] },
        ["is longer than 32 bytes"] = Local with { Pkcs11 = Local.Pkcs11 with { TokenPrefix = new string('x', 30) } },
        ["Two tokens would be labelled 'custody-sender'"] = Local with { Vaults = [.. Local.Vaults, new VaultPlan("sender", Local.Chains[0].Id, VaultTier.Hot)] },
        ["The key 'k' needs either a file, or algorithm and publicKey."] = Local with { Clients = [Local.Clients[0] with { Key = new KeyPlan("k") }] },
        ["The key 'hot-1' needs tokenLabel and pinFile, or nothing but its identifier"] = Keyed(new TokenKeyPlan("hot-1", Point)),
        [$"The key '{HsmKey}' needs tokenLabel and pinFile, or nothing but its identifier"] = Keyed(new TokenKeyPlan(HsmKey, Point, "token", "/run/pin")),
        ["The key 'hot-2' needs tokenLabel and pinFile, or nothing but its identifier"] = Keyed(new TokenKeyPlan("hot-2", Point, ManagedHsmKey: "https://custody.managedhsm.azure.net/keys/hot")),
        ["The key of the vault 'hot-eth' is known by its keyId alone"] = Keyed(new TokenKeyPlan("hot-3", Point, ManagedHsmKey: HsmKey), "hsmPlatform 2"),
        ["give the vault 'hot-eth' its firmware"] = Keyed(new TokenKeyPlan(HsmKey, Point)),
        ["The key 'comparison-1' needs tokenLabel and pinFile"] = Local with { ComparisonKey = new TokenKeyPlan("comparison-1", Point) },
        ["The vault 'hot-eth' lists a firmware twice"] = Local with { Vaults = [Local.Vaults[0] with { Firmware = ["a 1", "a 1"] }] },
        ["The governors' quorum must be between 1 and their number."] = Local with { Governors = Local.Governors with { Quorum = 3 } },
        ["has 1 valid signatures of the 2 that it needs"] = Local with
        {
            Governors = new GovernorsPlan(2, [Local.Governors.Members[0], new GovernorPlan("gordon", new KeyPlan("elsewhere", SignatureAlgorithm.EdDsa, StrictBase64Url.Encode(new byte[32])))]),
        },
        ["The rule 'eth-standard' names the vault 'gone', which is not registered."] = Local with { Rules = [Local.Rules[0] with { VaultId = "gone" }] },
        ["would not be signed by its client and 4 approvers"] = Local with { Whitelist = new WhitelistTerms(4, 0) },
        ["The address must be written in its canonical form"] = Local with { WhitelistEntries = [Local.WhitelistEntries[0] with { Address = LocalPlan.Destination.ToLowerInvariant() }] },
        ["A public key is registered twice"] = Local with
        {
            Clients = [new ClientPlan("a", "A", new KeyPlan("k-1", SignatureAlgorithm.EdDsa, StrictBase64Url.Encode(new byte[32]))), new ClientPlan("b", "B", new KeyPlan("k-2", SignatureAlgorithm.EdDsa, StrictBase64Url.Encode(new byte[32])))],
            Customers = [],
            WhitelistEntries = [],
        },
    };

    private static InitialisationPlan Keyed(TokenKeyPlan key, string? firmware = null) =>
        Local with { Vaults = [Local.Vaults[0] with { Key = key, Firmware = firmware is null ? null : [firmware] }] };

    public static TheoryData<string> Reasons => [.. Unworkable.Keys];

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task Rehearsal_UnworkablePlan_SaysWhy(string reason) =>
        Assert.Contains(reason, await Rehearsal.ProblemAsync(Unworkable[reason], Now, TestContext.Current.CancellationToken), StringComparison.Ordinal);

    [Fact]
    public async Task Rehearsal_LocalPlan_Works() => Assert.Null(await Rehearsal.ProblemAsync(Local, Now, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Rehearsal_KeysInAManagedHsm_Works() => Assert.Null(await Rehearsal.ProblemAsync(
        Keyed(new TokenKeyPlan(HsmKey, Point), "hsmPlatform 2") with { ComparisonKey = new TokenKeyPlan("comparison-1", OtherPoint, ManagedHsmKey: HsmKey) }, Now, TestContext.Current.CancellationToken));

    [Fact]
    public void Read_WhatWasWritten_IsTheSamePlan()
    {
        var json = CanonicalJson.Serialize(Local);
        Assert.Equal(json, CanonicalJson.Serialize(Assert.IsType<PlanReading.Read>(PlanReader.Read(json)).Plan));
    }

    [Theory]
    [InlineData("{", "The plan is malformed")]
    [InlineData("{}", "The plan is malformed")]
    [InlineData("""{"version":1,"version":1}""", "malformed")]
    public void Read_Malformed_SaysSo(string json, string expected) =>
        Assert.Contains(expected, Assert.IsType<PlanReading.Malformed>(PlanReader.Read(System.Text.Encoding.UTF8.GetBytes(json))).Sentence, StringComparison.Ordinal);

    [Fact]
    public void Read_UnknownMember_IsRefused()
    {
        var text = System.Text.Encoding.UTF8.GetString(CanonicalJson.Serialize(Local)).Replace("\"quorum\":2", "\"quorum\":2,\"extra\":1", StringComparison.Ordinal);
        Assert.Contains("extra", Assert.IsType<PlanReading.Malformed>(PlanReader.Read(System.Text.Encoding.UTF8.GetBytes(text))).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AmountAsNumber_IsRefusedNamingTheMember()
    {
        var text = System.Text.Encoding.UTF8.GetString(CanonicalJson.Serialize(Local)).Replace("\"maxAmount\":\"10000000000000000000\"", "\"maxAmount\":10", StringComparison.Ordinal);
        Assert.StartsWith("The plan's rules[0].maxAmount is malformed: is not an amount in base units", Assert.IsType<PlanReading.Malformed>(PlanReader.Read(System.Text.Encoding.UTF8.GetBytes(text))).Sentence, StringComparison.Ordinal);
    }
}
