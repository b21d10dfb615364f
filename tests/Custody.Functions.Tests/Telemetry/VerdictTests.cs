using System.Diagnostics;
using System.Diagnostics.Metrics;
using Custody.Core.Gate;
using Custody.Core.Results;
using Custody.Functions.Telemetry;
using Custody.Testing.World;
using Xunit;

namespace Custody.Functions.Tests.Telemetry;

/// <summary>Each verdict counts with its stage, outcome and code, and the stage's span carries it.</summary>
public sealed class VerdictTests
{
    public static TheoryData<string, string?, bool> Outcomes => new()
    {
        { nameof(GateOutcome.Refused), "slot-taken", true },
        { nameof(GateOutcome.Unknown), "vault-unavailable", true },
        { nameof(GateOutcome.NotYet), "sanctions-list-stale", false },
        { "Waits", null, false },
        { nameof(GateReadiness.Ready), null, false },
        { "Obstacle", "frozen", true },
    };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Verdict_OfTheGate_CountsWithItsCodeAndIsOnTheSpan(string which, string? code, bool isError)
    {
        var stage = $"test {Guid.NewGuid():N}";
        var (counted, span) = Run(stage, () => Give(stage, which));

        var outcome = which switch { "Waits" => nameof(GateOutcome.NotYet), "Obstacle" => nameof(GateOutcome.Refused), _ => which };
        Assert.Equal((outcome, code), Assert.Single(counted));
        Assert.Equal(outcome, span.GetTagItem("custody.verdict"));
        Assert.Equal(code, span.GetTagItem("custody.verdict.code"));
        Assert.Equal(isError ? code : null, span.GetTagItem("error.type"));
        Assert.Equal(isError ? ActivityStatusCode.Error : ActivityStatusCode.Unset, span.Status);
    }

    [Fact]
    public void Verdict_AfterAnother_IsTheOneThatTheSpanKeeps()
    {
        var stage = $"test {Guid.NewGuid():N}";
        var (counted, span) = Run(stage, () =>
        {
            Measures.Verdict(stage, new GateOutcome.Refused(RefusalCode.Frozen, "", MayBeSigned: false));
            Measures.Verdict(stage, new GateReadiness.Ready());
        });

        Assert.Equal([(nameof(GateOutcome.Refused), "frozen"), (nameof(GateReadiness.Ready), null)], counted);
        Assert.Equal((nameof(GateReadiness.Ready), (object?)null, ActivityStatusCode.Unset), (span.GetTagItem("custody.verdict"), span.GetTagItem("error.type"), span.Status));
    }

    [Fact]
    public void Verdict_OutsideOfAStage_TouchesNobodysSpan()
    {
        using var foreign = new Activity("somebody else's").Start();
        Measures.Verdict($"test {Guid.NewGuid():N}", new GateOutcome.Refused(RefusalCode.Frozen, "", MayBeSigned: false));

        Assert.Null(foreign.GetTagItem("custody.verdict"));
        Assert.Equal(ActivityStatusCode.Unset, foreign.Status);
    }

    private static void Give(string stage, string which)
    {
        switch (which)
        {
            case nameof(GateOutcome.Refused):
                Measures.Verdict(stage, new GateOutcome.Refused(RefusalCode.SlotTaken, "", MayBeSigned: false));
                break;
            case nameof(GateOutcome.Unknown):
                Measures.Verdict(stage, new GateOutcome.Unknown(RefusalCode.VaultUnavailable, ""));
                break;
            case nameof(GateOutcome.NotYet):
                Measures.Verdict(stage, new GateOutcome.NotYet(CustodyWorld.Start, RefusalCode.SanctionsListStale, ""));
                break;
            case "Waits":
                Measures.Verdict(stage, new GateOutcome.NotYet(CustodyWorld.Start));
                break;
            case nameof(GateReadiness.Ready):
                Measures.Verdict(stage, new GateReadiness.Ready());
                break;
            default:
                Measures.Verdict(stage, new GateReadiness.Obstacle(new GateOutcome.Refused(RefusalCode.Frozen, "", MayBeSigned: false)));
                break;
        }
    }

    private static (IReadOnlyList<(string Outcome, string? Code)> Counted, Activity Span) Run(string stage, Action give)
    {
        var counted = new List<(string, string?)>();
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Name == "custody.stage.verdicts") { listener.EnableMeasurementEvents(instrument); } } };
        meters.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var read = tags.ToArray().ToDictionary(t => t.Key, t => (string?)t.Value, StringComparer.Ordinal);
            if (read["stage"] == stage)
            {
                counted.Add((read["outcome"]!, read["code"]));
            }
        });
        meters.Start();
        using var spans = new ActivityListener { ShouldListenTo = s => s.Name == Traces.Name, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        ActivitySource.AddActivityListener(spans);
        using var span = Traces.Upkeep(stage, "order-1")!;
        give();
        return (counted, span);
    }
}
