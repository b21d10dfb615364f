using Custody.Core.Withdrawals;

namespace Custody.Functions.Withdrawals;

/// <summary>
/// The stages that the orchestration calls, by the names of their activities. Names are in histories: a released one never
/// changes.
/// </summary>
public static class Steps
{
    /// <summary>validate → whitelist → policy → reserve → intent.</summary>
    public const string Admit = "Admit";

    /// <summary>Count the stored votes.</summary>
    public const string CountVotes = "CountVotes";

    /// <summary>Take a nonce, plan the fee, store the unsigned bytes.</summary>
    public const string Build = "Build";

    /// <summary>Ask the signing gate.</summary>
    public const string Sign = "Sign";

    /// <summary>Compare, certify, broadcast.</summary>
    public const string Send = "Send";

    /// <summary>Read the chain: confirm, settle, or send the same bytes again.</summary>
    public const string Settle = "Settle";

    /// <summary>Apply what two operators decided.</summary>
    public const string Resolve = "Resolve";

    /// <summary>Hold a withdrawal whose stage failed again and again.</summary>
    public const string Hold = "Hold";

    /// <summary>Nothing follows.</summary>
    public const string End = "End";

    /// <summary>The step that a withdrawal in this status needs next.</summary>
    public static string After(WithdrawalStatus status) => status switch
    {
        WithdrawalStatus.Received or WithdrawalStatus.Validated or WithdrawalStatus.Whitelisted => Admit,
        WithdrawalStatus.AwaitingApproval => CountVotes,
        WithdrawalStatus.Approved => Build,
        WithdrawalStatus.Signing => Sign,
        WithdrawalStatus.Signed or WithdrawalStatus.Compared => Send,
        WithdrawalStatus.Broadcast or WithdrawalStatus.Confirming or WithdrawalStatus.Reorged => Settle,
        WithdrawalStatus.Held => Resolve,
        _ when status.IsEnd() => End,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "has no next step"),
    };
}
