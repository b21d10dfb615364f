using System.Text.Json;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Waits until a withdrawal is as it should be.</summary>
internal sealed record AwaitStep : PolledStep
{
    public required string Withdrawal { get; init; }

    /// <summary>The status, as the API writes it; <c>none</c> when there must be no such withdrawal.</summary>
    public required string Status { get; init; }

    /// <summary>The code of a hold or end.</summary>
    public string? Reason { get; init; }

    public int? Attempt { get; init; }

    /// <summary>How often it was held.</summary>
    public int? Hold { get; init; }

    public bool? SignatureExists { get; init; }

    public override string? Problem() =>
        Status != "none" && Enum.GetValues<WithdrawalStatus>().All(s => Text(s) != Status) ? $"There is no status {Status}."
        : Status is "held" or "rejected" or "expired" && Reason is null ? $"A withdrawal that is {Status} has a reason; the script says which."
        : null;

    protected override async Task<string?> ProblemAsync(World world, CancellationToken cancellation)
    {
        if ((await world.Storage.Custody.Withdrawals.LoadAsync(world.Id(Withdrawal), cancellation))?.State is not { } state)
        {
            return Status == "none" ? null : $"there is no withdrawal '{Withdrawal}'";
        }

        var reason = state.Reason == RefusalCode.Unspecified ? null : state.Reason.Text();
        var holds = Text(state.Status) == Status && (Reason is null || reason == Reason) && (Attempt is null || state.Attempt == Attempt)
            && (Hold is null || state.Hold == Hold) && (SignatureExists is null || state.SignatureExists == SignatureExists);
        return holds ? null
            : $"'{Withdrawal}' is {Text(state.Status)}, reason {reason ?? "none"} ({state.ReasonDetail}), attempt {state.Attempt}, hold {state.Hold}, signature {(state.SignatureExists ? "exists" : "none")}";
    }

    protected override async Task<bool> IsHopelessAsync(World world, CancellationToken cancellation) =>
        (await world.Storage.Custody.Withdrawals.LoadAsync(world.Id(Withdrawal), cancellation))?.State.Status is { } status && status.IsEnd() && Text(status) != Status;

    private static string Text(WithdrawalStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
