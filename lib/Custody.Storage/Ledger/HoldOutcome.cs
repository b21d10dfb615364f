using Custody.Core.Results;

namespace Custody.Storage.Ledger;

/// <summary>What one step of a reservation came to.</summary>
/// <param name="Verdict">Whether it is reserved.</param>
/// <param name="Taken">True when this run took it, and gives it back when a later step refuses.</param>
internal sealed record HoldOutcome(Verdict Verdict, bool Taken)
{
    public static HoldOutcome Refused(Verdict verdict) => new(verdict, false);

    public static HoldOutcome There { get; } = new(Verdict.Allowed, false);

    public static HoldOutcome TakenNow { get; } = new(Verdict.Allowed, true);
}
