using System.Text.Json;
using Custody.Core.Maintenance;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>The newest fill of a nonce is as it should be, and the gate asked the vault for it so often.</summary>
internal sealed record ExpectFillStep : PolledStep
{
    public required int Nonce { get; init; }

    /// <summary>The status, as the API writes it; <c>none</c> when there must be no such fill.</summary>
    public required string Status { get; init; }

    /// <summary>The code of an end.</summary>
    public string? Reason { get; init; }

    /// <summary>Lines of the signing journal: each was written before a question. Absent: not looked at.</summary>
    public int? Signatures { get; init; }

    public override string? Problem() => Status == "none" || Enum.GetValues<UpkeepStatus>().Any(s => Text(s) == Status) ? null : $"There is no status {Status}.";

    protected override async Task<string?> ProblemAsync(World world, CancellationToken cancellation)
    {
        var fills = await world.Storage.Custody.Upkeep.ListAsync(open: false, 100, cancellation);
        if (fills.Select(f => f.File).FirstOrDefault(f => f.Order.Nonce == (ulong)Nonce) is not { } file)
        {
            return Status == "none" ? null : $"there is no fill of the nonce {Nonce}";
        }

        if (Text(file.Status) != Status || (Reason is not null && file.Reason != Reason))
        {
            return $"the fill of the nonce {Nonce} is {Text(file.Status)}, reason {file.Reason ?? "none"} ({file.ReasonDetail})";
        }

        var lines = await world.Storage.JournalAsync($"signing/{world.Vault.Id}", cancellation);
        var own = lines.Count(l => l.Contains($"\"withdrawalId\":\"{file.Id}\"", StringComparison.Ordinal) && !l.Contains("\"kind\":\"unknown\"", StringComparison.Ordinal));
        return Signatures is null || own == Signatures ? null : $"the signing journal has {own} lines of the fill, and should have {Signatures}";
    }

    private static string Text(UpkeepStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
