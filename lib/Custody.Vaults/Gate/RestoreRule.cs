using Custody.Core.Intents;
using Custody.Core.Restoring;
using Custody.Core.Results;
using Custody.Core.Withdrawals;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: what was asked for before a restore is signed only where the restored journal has a line of it, and nothing at a nonce that a
/// lost line may have taken (<see cref="RestoredRule"/>). When it was asked for is what the client signed, and no column says otherwise.
/// </summary>
public static class RestoreRule
{
    /// <summary>Whether the withdrawal may be signed at all.</summary>
    public static Verdict Check(GateFacts facts) => facts.Stops.Restores.Count == 0 ? Verdict.Allowed
        : RestoredRule.Check(facts.Stops, IssuedAt(facts), facts.Case.State.Id, facts.Signings);

    /// <summary>Whether the order's slots may be taken.</summary>
    public static Verdict CheckSlots(GateFacts facts, SigningOrder order) =>
        RestoredRule.CheckSlots(facts.Stops, order.Vault, order.Intent.WithdrawalId, order.Slots, facts.Signings);

    /// <summary>Whether it was asked for before a restore, so that a signature may exist that no journal has.</summary>
    public static bool IsBefore(GateFacts facts) => RestoredRule.Before(facts.Stops, IssuedAt(facts)) is not null;

    private static DateTimeOffset? IssuedAt(GateFacts facts) =>
        facts.Case.Find(CaseDocuments.Request) is { } request && RequestReader.Read(request.Content.Span) is RequestReading.Read { Request: var read } ? read.IssuedAt : null;
}
