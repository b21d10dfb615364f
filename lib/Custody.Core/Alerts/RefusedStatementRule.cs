using Custody.Core.Results;

namespace Custody.Core.Alerts;

/// <summary>
/// Rule: which refusals of a statement that a registered key signed are told to people. Each is what an attack with a real
/// signature looks like; whatever is only late, malformed or sent twice is written down and told nobody.
/// </summary>
public static class RefusedStatementRule
{
    /// <summary>Whether a refusal with this code is told.</summary>
    public static bool IsTold(RefusalCode code) => code is
        RefusalCode.GovernanceSuperseded or RefusalCode.SelfApproval or RefusalCode.DuplicateVote or RefusalCode.VoteWithdrawn or RefusalCode.CallerNotAllowed
        or RefusalCode.DeviceUnknown or RefusalCode.DeviceSuspended or RefusalCode.SignatureKeyUnknown or RefusalCode.KeyNotValid
        or RefusalCode.TrainingExpired or RefusalCode.DeviceEvidenceExpired
        or RefusalCode.WhitelistCoolingOff or RefusalCode.WhitelistEntryEnded
        or RefusalCode.GovernanceUnsigned;

    /// <summary>What makes one alert of a thousand repeats: the kind of refusal and the day. The key is the alert's subject.</summary>
    public static string Occasion(RefusalCode code, DateTimeOffset now) => $"{code.Text()} {now.UtcDateTime:yyyyMMdd}";
}
