using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Reading;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;
using Custody.Testing;

namespace Custody.Cli.Tests.Commands;

/// <summary>What clients, approvers and operators do with whitelist entries.</summary>
public sealed class WhitelistCommandTests
{
    private const string Address = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    private const string Middle = "9f33";

    private static readonly WhitelistEntry New =
        new(1, "entry-new", "exchange-a", "customer-1", ChainId.Parse("eip155:31337"), Address, null, "A ledger", DemoSystem.Now);

    [Theory]
    [InlineData(Address)]
    [InlineData("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed")]
    public async Task Propose_AnAddress_IsSignedInCanonicalForm(string typed)
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;

        var run = await system.RunAsync(
            ["whitelist", "propose", "--customer", "customer-1", "--chain", "eip155:31337", "--address", typed, "--label", "A ledger", "--entry", "entry-new", "--profile", "exchange-a"]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        Assert.Contains("0x 5aAe b605 3F3E 94C9 b9A0 9f33 6694 35E7 Ef1B eAed", run.Output, StringComparison.Ordinal);
        Assert.Equal(New, CanonicalJson.Deserialize<WhitelistEntry>(SignedDocument.FromCompact(Assert.Single(api.Accepted).Body)!.PayloadBytes()));
    }

    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed", "eip155:31337", "address-checksum-wrong")]
    [InlineData("0x000000000000000000000000000000000000dEaD", "eip155:31337", "destination-forbidden")]
    [InlineData(Address, "eip155:1", "whitelist-other-chain")]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "eip155:31337", "address-invalid")]
    public async Task Propose_AWrongAddress_SignsNothing(string typed, string chain, string code)
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;

        var run = await system.RunAsync(
            ["whitelist", "propose", "--customer", "customer-1", "--chain", chain, "--address", typed, "--label", "A ledger", "--profile", "exchange-a", "--json"]);

        Assert.Equal((ExitCode.Refused, code), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task Approve_Confirmed_SignsTheVeryBytesThatTheGateVerifies()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Entry = await BundleAsync(system);

        var run = await system.RunAsync("whitelist approve entry-new --profile alice", $"{Middle}\n");

        Assert.True(run.ExitCode == ExitCode.Done, run.Output + run.Error);
        Assert.Contains("0x 5aAe b605 3F3E 94C9 b9A0 9f33 6694 35E7 Ef1B eAed", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("✓ Signed; 1 of 2 approvers.\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var signed = api.Entry.Entry! with { Signatures = [.. api.Entry.Entry!.Signatures, Assert.Single(api.Accepted).Body] };
        Assert.Equal("alice", Assert.Single(WhitelistSignatures.Count(signed, "exchange-a", system.Governed, [], DemoSystem.Now).Approvers).Id);
    }

    [Fact]
    public async Task Approve_ALookAlike_IsShownAndTheSharedEndsConfirmNothing()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Entry = await BundleAsync(system) with { LookAlikes = [new LookAlike("0x5aAe00000000000000000000000000000000eAed", "entry-old", "exchange-b")] };

        var run = await system.RunAsync("whitelist approve entry-new --profile alice", "eAed\n");

        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("0x 5aAe 0000 0000", run.Output, StringComparison.Ordinal);
        Assert.Contains("entry entry-old of exchange-b", run.Output, StringComparison.Ordinal);
        Assert.Contains("0 of 3", run.Output, StringComparison.Ordinal);
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task Approve_WhatDoesNotVerify_SignsNothing()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var right = await BundleAsync(system);
        (EntryBundle Bundle, string Code)[] wrong =
        [
            (right with { Entry = null }, "whitelist-entry-unsigned"),
            (right with { Id = "other" }, "whitelist-entry-unknown"),
            (right with { Entry = right.Entry! with { Signatures = [] } }, "whitelist-entry-unsigned"),
            (right with { Entry = (await system.SignAsync(DocumentType.WhitelistEntry, New with { Address = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" })) with { Signatures = right.Entry!.Signatures } }, "whitelist-entry-unsigned"),
            (right with { Entry = await system.SignAsync(DocumentType.WhitelistEntry, New with { EntryId = "other" }, "exchange-a") }, "whitelist-entry-unknown"),
            (right with { Entry = await system.SignAsync(DocumentType.WhitelistEntry, New with { Address = "0x000000000000000000000000000000000000dEaD" }, "exchange-a") }, "destination-forbidden"),
            (right with { Entry = await system.SignAsync(DocumentType.WhitelistEntry, New with { Chain = ChainId.Parse("eip155:1") }, "exchange-a") }, "whitelist-other-chain"),
            (right with { Governance = null }, "governance-invalid"),
        ];
        foreach (var (bundle, code) in wrong)
        {
            api.Entry = bundle;
            var run = await system.RunAsync("whitelist approve entry-new --profile alice --yes --json");
            Assert.Equal((ExitCode.Refused, code), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        }

        Assert.Empty(api.Accepted);
    }

    [Theory]
    [InlineData("reject", "alice", WhitelistAction.Reject)]
    [InlineData("reinstate", "alice", WhitelistAction.Reinstate)]
    [InlineData("suspend", "olivia", WhitelistAction.Suspend)]
    [InlineData("suspend", "exchange-a", WhitelistAction.Suspend)]
    [InlineData("tombstone", "olivia", WhitelistAction.Tombstone)]
    public async Task Statement_OfEachKind_IsPostedSigned(string command, string who, WhitelistAction action)
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Entry = await BundleAsync(system) with { SuspensionSequence = 9 };

        var run = await system.RunAsync(["whitelist", command, "entry-new", "--reason", "A test.", "--profile", who, .. who == "alice" ? ["--yes"] : Array.Empty<string>()]);

        Assert.True(run.ExitCode == ExitCode.Done, run.Error);
        var statement = WhitelistStatementRule.Verify(Assert.Single(api.Accepted).Body, New, system.Governed, DemoSystem.Now).Statement!;
        Assert.Equal((action, who, action == WhitelistAction.Reinstate ? 9L : null), (statement.Action, statement.ActorId, statement.SuspensionSequence));
    }

    [Fact]
    public async Task Import_ASignedFile_HasAResultForEachLine()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        using var folder = new TemporaryFolder();
        var file = folder.Of("entries.csv");
        await File.WriteAllTextAsync(
            file, $"{ImportFile.Header}\nentry-new,customer-1,eip155:31337,{Address.ToLowerInvariant()},A ledger\nentry-2,customer-1,eip155:31337,0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed,x\nentry-3,x\n", TestContext.Current.CancellationToken);
        var signature = folder.Of("entries.jws");
        await File.WriteAllTextAsync(signature, (await system.RunAsync($"whitelist sign-file {file} --profile exchange-a")).Output, TestContext.Current.CancellationToken);

        var run = await system.RunAsync($"whitelist import {file} --signature {signature} --profile exchange-a --json");

        Assert.Equal((ExitCode.Refused, "import-incomplete"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Equal(
            ["2:", "3:address-checksum-wrong", "4:body-malformed"],
            run.ErrorJson.GetProperty("lines").EnumerateArray().Select(l => $"{l.GetProperty("line").GetInt32()}:{(l.TryGetProperty("code", out var c) ? c.GetString() : "")}"));
        Assert.Equal(New, CanonicalJson.Deserialize<WhitelistEntry>(SignedDocument.FromCompact(Assert.Single(api.Accepted).Body)!.PayloadBytes()));

        await File.AppendAllTextAsync(file, "entry-4,customer-1,eip155:31337,0x0,x\n", TestContext.Current.CancellationToken);
        var changed = await system.RunAsync($"whitelist import {file} --signature {signature} --profile exchange-a --json");
        Assert.Equal((ExitCode.Refused, "signature-invalid"), (changed.ExitCode, changed.ErrorJson.GetProperty("code").GetString()));
        Assert.Single(api.Accepted);
    }

    private static async Task<EntryBundle> BundleAsync(DemoSystem system) => new(
        "entry-new", WhitelistStatus.AwaitingApproval, await system.SignAsync(DocumentType.WhitelistEntry, New, "exchange-a"), [], system.Draft.SignedGovernance);
}
