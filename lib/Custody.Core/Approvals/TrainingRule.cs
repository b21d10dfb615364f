using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Core.Approvals;

/// <summary>Rule: who approves has training on record that has not run out, and so has the device's evidence.</summary>
public static class TrainingRule
{
    /// <summary>Checks an approver and the device that signed.</summary>
    public static Verdict Check(Approver approver, string deviceId, DateTimeOffset now) =>
        approver.Training is not { } training ? Verdict.Refused(RefusalCode.TrainingExpired, $"The approver '{approver.Id}' has no training on record.")
        : now >= training.ExpiresAt ? Verdict.Refused(
            RefusalCode.TrainingExpired, $"The training of the approver '{approver.Id}' ran out at {InstantJsonConverter.Format(training.ExpiresAt)}.")
        : approver.Devices.FirstOrDefault(d => d.Id == deviceId) is { } device ? Check(device, now)
        : Verdict.Refused(RefusalCode.DeviceUnknown, $"The approver '{approver.Id}' has no device '{deviceId}'.");

    // A WebAuthn credential carries its attestation itself, which whoever verifies governance verifies; it may name an end besides.
    private static Verdict Check(Device device, DateTimeOffset now) =>
        device.Evidence is { } evidence
            ? now < evidence.ExpiresAt ? Verdict.Allowed : Verdict.Refused(
                RefusalCode.DeviceEvidenceExpired, $"The evidence about the device '{device.Id}' ran out at {InstantJsonConverter.Format(evidence.ExpiresAt)}.")
        : device.WebAuthn is not null ? Verdict.Allowed
        : Verdict.Refused(RefusalCode.DeviceEvidenceExpired, $"There is no evidence about the device '{device.Id}' on record.");
}
