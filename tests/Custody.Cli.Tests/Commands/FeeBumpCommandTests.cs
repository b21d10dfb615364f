using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;
using Custody.Core.Amendments;
using Custody.Core.Approvals;
using Custody.Core.Encoding;

namespace Custody.Cli.Tests.Commands;

public sealed class FeeBumpCommandTests
{
    [Fact]
    public async Task FeeBump_WithoutAmounts_ProposesAllThatGovernancePermits()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Bundle = await system.BundleAsync();

        var run = await system.RunAsync($"fee-bump {api.Bundle.Id} --reason Stuck --profile olivia");

        Assert.StartsWith("… Proposed a fee of at most 50000000000000000; 1 must approve it by ", run.Output, StringComparison.Ordinal);
        var (path, body) = Assert.Single(api.Accepted);
        var statement = CanonicalJson.Deserialize<FeeBumpStatement>(Core.Signatures.SignedDocument.FromCompact(body)!.PayloadBytes());
        Assert.EndsWith("/fee-bumps", path, StringComparison.Ordinal);
        Assert.Equal((api.Bundle.IntentDigest, DemoSystem.Now.AddHours(1)), (statement.ParentDigest, statement.ExpiresAt));
    }

    [Fact]
    public async Task FeeBump_LessThanIsApproved_IsRefused()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Bundle = await system.BundleAsync();

        var run = await system.RunAsync($"fee-bump {api.Bundle.Id} --max-total 1 --reason Stuck --profile olivia --json");

        Assert.Equal((ExitCode.Refused, "field-invalid"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Empty(api.Accepted);
    }

    [Fact]
    public async Task FeeBump_WithoutTerms_IsRefused()
    {
        var (api, system) = await ApiDouble.StartAsync(p => p with { Rules = [.. p.Rules.Select(r => r with { FeeBump = null })] });
        await using var disposing = api;
        api.Bundle = await system.BundleAsync();

        var run = await system.RunAsync($"fee-bump {api.Bundle.Id} --reason Stuck --profile olivia --json");

        Assert.Equal((ExitCode.Refused, "amendment-not-governed"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task FeeBump_NoAmount_IsUsage()
    {
        using var system = await DemoSystem.CreateAsync();

        Assert.Equal(ExitCode.Usage, (await system.RunAsync($"fee-bump w{new string('0', 32)} --max-rate 0 --reason Stuck --profile olivia")).ExitCode);
    }

    [Theory]
    [InlineData(false, "Approved the fee bump; 1 of 1 approvals")]
    [InlineData(true, "Approved the cancel; 1 of 1 approvals")]
    public async Task Approve_WhatWasOrdered_SignsItsDigestAndNotThePayments(bool isCancel, string told)
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var payment = await system.BundleAsync();
        api.Bundle = isCancel ? await system.CancelAsync(payment) : await system.BumpAsync(payment);

        var run = await system.RunAsync($"approve {payment.Id} --yes --profile alice");

        Assert.Contains(told, run.Output, StringComparison.Ordinal);
        var statement = SignedVote.StatementOf(Assert.Single(api.Accepted).Body)!;
        Assert.Equal((api.Bundle.Amendment!.IntentDigest, DemoSystem.Now.AddHours(1)), (statement.IntentDigest, statement.ExpiresAt));
    }

    [Fact]
    public async Task Reject_AFeeBump_SaysThatTheWithdrawalGoesOn()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Bundle = await system.BumpAsync(await system.BundleAsync());

        var run = await system.RunAsync($"reject {api.Bundle.Id} --reason Dear --yes --profile alice");

        Assert.Contains("Rejected; the fee bump ends, and the withdrawal goes on.", run.Output, StringComparison.Ordinal);
    }
}
