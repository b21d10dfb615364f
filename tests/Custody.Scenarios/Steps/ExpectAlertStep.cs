using Custody.Core.Alerts;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>An alert was raised, or was not.</summary>
internal sealed record ExpectAlertStep : PolledStep
{
    public required string Code { get; init; }

    /// <summary>Whom it is about; absent: anybody.</summary>
    public string? Subject { get; init; }

    public bool Present { get; init; } = true;

    /// <summary>How often it was raised, about whom it says; absent: at least once.</summary>
    public int? Times { get; init; }

    public override string? Problem() => AlertCatalogue.Codes.Any(c => AlertCatalogue.Text(c) == Code) ? null : $"There is no alert {Code}.";

    protected override async Task<string?> ProblemAsync(World world, CancellationToken cancellation)
    {
        var alerts = await world.Storage.Custody.Alerts.ListAsync(200, AlertChannel.Soc, cancellation);
        var count = alerts.Count(a => AlertCatalogue.Text(a.Code) == Code && (Subject is null || a.Subject == Subject));
        return (Times is { } times ? count == times : count > 0 == Present) ? null : $"there are {count} alerts {Code} about {Subject ?? "anybody"}; there are: {string.Join(", ", alerts.Select(a => $"{AlertCatalogue.Text(a.Code)} ({a.Subject})"))}";
    }
}
