using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>How often the gate asked the vault for a withdrawal, by the signing journal: each line was written before a
/// question. The line that closes a withdrawal which ended unpaid is none of them.</summary>
internal sealed record ExpectSignaturesStep : PolledStep
{
    public required string Withdrawal { get; init; }

    public required int Times { get; init; }

    protected override async Task<string?> ProblemAsync(World world, CancellationToken cancellation)
    {
        var lines = await world.Storage.JournalAsync("signing", cancellation);
        var own = lines.Where(l => l.Contains($"\"withdrawalId\":\"{world.Id(Withdrawal)}\"", StringComparison.Ordinal) && !l.Contains("\"kind\":\"unknown\"", StringComparison.Ordinal)).ToList();
        return own.Count == Times ? null : $"the signing journal has {own.Count} lines of '{Withdrawal}', and should have {Times}:\n  {string.Join("\n  ", own)}";
    }
}
