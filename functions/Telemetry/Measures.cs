using System.Diagnostics.Metrics;
using Custody.Core.Gate;
using Custody.Core.Results;
using Custody.Core.Withdrawals;

namespace Custody.Functions.Telemetry;

/// <summary>Metrics: verdicts by stage, and how old withdrawals are when they change status.</summary>
public static class Measures
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Custody";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Verdicts =
        Meter.CreateCounter<long>("custody.stage.verdicts", "{verdict}", "Verdicts by stage, outcome and refusal code.");

    private static readonly Histogram<long> Ages =
        Meter.CreateHistogram<long>("custody.withdrawal.age", "ms", "Time since acceptance when a withdrawal reaches a status.");

    /// <summary>Alerts by code.</summary>
    public static readonly Counter<long> Alerts = Meter.CreateCounter<long>("custody.alerts", "{alert}", "Alerts raised by code.");

    /// <summary>What is found about providers of chains: set aside and why, back, no majority.</summary>
    public static readonly Counter<long> Providers = Meter.CreateCounter<long>("custody.chain.providers", "{report}", "Reports about providers of chains by kind.");

    /// <summary>Deposits by what became of them: seen, final, orphaned.</summary>
    public static readonly Counter<long> Deposits = Meter.CreateCounter<long>("custody.deposits", "{deposit}", "Deposits to our accounts by status reached.");

    /// <summary>Counts a verdict, and writes it to the span of the stage that gave it.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="outcome">What the verdict is.</param>
    /// <param name="code">The refusal's code; null where nothing was refused.</param>
    /// <param name="isError">Whether the stage did not do what it is for.</param>
    public static void Verdict(string stage, string outcome, string? code = null, bool isError = false)
    {
        Verdicts.Add(
            1, new KeyValuePair<string, object?>("stage", stage), new KeyValuePair<string, object?>("outcome", outcome), new KeyValuePair<string, object?>("code", code));
        Traces.Verdict(outcome, code, isError);
    }

    /// <summary>Counts the gate's answer.</summary>
    public static void Verdict(string stage, GateOutcome outcome) => Verdict(
        stage,
        outcome.GetType().Name,
        outcome switch
        {
            GateOutcome.Refused refused => refused.Code.Text(),
            GateOutcome.Unknown unknown => unknown.Code.Text(),
            GateOutcome.NotYet { Code: not RefusalCode.Unspecified } mend => mend.Code.Text(),
            _ => null,
        },
        outcome is GateOutcome.Refused or GateOutcome.Unknown);

    /// <summary>Counts what the gate says before anything is built.</summary>
    public static void Verdict(string stage, GateReadiness readiness)
    {
        if (readiness is GateReadiness.Obstacle { Why: var why })
        {
            Verdict(stage, why);
            return;
        }

        Verdict(stage, readiness.GetType().Name);
    }

    /// <summary>Measures a withdrawal that moved from one status to another.</summary>
    public static void Moved(WithdrawalState from, WithdrawalState to)
    {
        if (from.Status == to.Status)
        {
            return;
        }

        Ages.Record((long)(to.UpdatedAt - to.CreatedAt).TotalMilliseconds, new KeyValuePair<string, object?>("status", to.Status.ToString()));
        if (to.Reason != RefusalCode.Unspecified)
        {
            Verdict(from.Status.ToString(), to.Status.ToString(), to.Reason.Text(), to.Status is WithdrawalStatus.Held or WithdrawalStatus.Failed);
        }
    }
}
