namespace Custody.Core.Maintenance;

/// <summary>All that is stored of an order of upkeep. Version 1 is persisted and never changes; a new member makes a new version.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Id">The order's id.</param>
/// <param name="Order">What is ordered.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Statements">The operators' statements (compact JWS), the newest of each.</param>
/// <param name="Unsigned">The unsigned bytes, hex, once built.</param>
/// <param name="Sighash">What the gate signed, hex.</param>
/// <param name="TransactionId">The signed transaction.</param>
/// <param name="Certificate">The comparison certificate (compact JWS).</param>
/// <param name="Reason">Why it was refused: a refusal's code.</param>
/// <param name="ReasonDetail">The same as a sentence.</param>
/// <param name="CreatedAt">When the first operator signed it.</param>
public sealed record UpkeepFile(
    int Version,
    string Id,
    UpkeepOrder Order,
    UpkeepStatus Status,
    IReadOnlyList<string> Statements,
    string? Unsigned,
    string? Sighash,
    string? TransactionId,
    string? Certificate,
    string? Reason,
    string? ReasonDetail,
    DateTimeOffset CreatedAt)
{
    /// <summary>Whether nothing more comes of it.</summary>
    public bool HasEnded() => Status is UpkeepStatus.Filled or UpkeepStatus.Refused or UpkeepStatus.Funded;

    /// <summary>The file of an order that nobody has signed yet.</summary>
    public static UpkeepFile Of(UpkeepOrder order, DateTimeOffset now) =>
        new(1, order.Id(), order, UpkeepStatus.Proposed, [], null, null, null, null, null, null, now);
}
