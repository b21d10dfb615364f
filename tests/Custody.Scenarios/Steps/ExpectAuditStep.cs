using System.Globalization;
using Custody.Core.Audit;
using Custody.Core.Results;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>An audit chain has a record, or has none, and verifies from its first link to its last.</summary>
internal sealed record ExpectAuditStep : PolledStep
{
    /// <summary>The withdrawal whose chain it is.</summary>
    public string? Withdrawal { get; init; }

    /// <summary>Another subject, such as <c>door</c> for what was refused at the API's door today, or <c>freeze-platform</c>.</summary>
    public string? Subject { get; init; }

    public string? Stage { get; init; }

    public required string Action { get; init; }

    public string? Code { get; init; }

    public string? Actor { get; init; }

    public bool Present { get; init; } = true;

    /// <summary>How many there are; absent: at least one.</summary>
    public int? Times { get; init; }

    public override string? Problem() =>
        Withdrawal is null == Subject is null ? "An audit record is of a withdrawal or of another subject."
        : Code is not null && RefusalCodes.Find(Code) is null ? $"There is no refusal {Code}."
        : null;

    protected override async Task<string?> ProblemAsync(World world, CancellationToken cancellation)
    {
        var subject = Withdrawal is not null ? world.Id(Withdrawal) : Subject == "door" ? string.Create(CultureInfo.InvariantCulture, $"door-{world.Now:yyyyMMdd}") : Subject!;
        var records = Withdrawal is not null
            ? await world.Storage.Custody.Withdrawals.AuditAsync(subject, cancellation)
            : await world.Storage.Custody.Audit.ReadAsync(subject, cancellation);
        if (records.Count > 0 && AuditChain.Problem(subject, records, null) is { } broken)
        {
            return broken;
        }

        var count = records.Count(r => (Stage is null || r.Event.Stage == Stage) && r.Event.Action == Action && (Code is null || r.Event.Code == Code) && (Actor is null || r.Event.Actor == Actor));
        return (Times is { } times ? count == times : count > 0 == Present) ? null
            : $"the chain of {subject} has {count} such records; it has:\n  {string.Join("\n  ", records.Select(r => $"{r.Event.Stage} {r.Event.Action} {r.Event.Code} by {r.Event.Actor} {r.Event.Detail}"))}";
    }
}
