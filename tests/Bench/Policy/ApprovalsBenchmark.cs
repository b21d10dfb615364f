using System.Diagnostics;
using Custody.Core.Approvals;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Testing.World;

namespace Custody.Bench.Policy;

/// <summary>How many votes one core verifies a second, from the compact JWS to the verdict, and how many quorums it counts.</summary>
internal sealed class ApprovalsBenchmark : IBenchmark
{
    private const int Rounds = 2_000;

    public string Name => "approvals";

    public async Task RunAsync(TextWriter output, CancellationToken cancellation)
    {
        await output.WriteLineAsync("approvals: verified on one thread; every vote is another signature over the same statement's form");
        var world = CustodyWorld.Default;
        var (intent, governed) = (world.Intent, world.Governed);
        foreach (var approver in (string[])["ann", "bob"])
        {
            var vote = world.Vote(approver);
            await output.WriteLineAsync($"  {People.DeviceOf(approver).Registered.Algorithm,-6} votes       {Rate(() => VoteRule.Verify(vote, intent, governed, StopView.Empty, world.Now).Verdict.IsAllowed):0} a second (target: over 1,000)");
        }

        var votes = world.Votes;
        var quorum = new Quorum(2, 2, null, [new ApprovalGroup("treasury", 2, 2)]);
        await output.WriteLineAsync($"  quorums of 2 with groups {Rate(() => QuorumRule.Count(votes, intent, quorum, governed, StopView.Empty, world.Now).Outcome == ApprovalOutcome.Approved):0} a second");
    }

    private static double Rate(Func<bool> holds)
    {
        for (var i = 0; i < Rounds / 10; i++)
        {
            Require(holds());
        }

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Rounds; i++)
        {
            Require(holds());
        }

        return Rounds / watch.Elapsed.TotalSeconds;
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("What is measured does not hold.");
        }
    }
}
