namespace Custody.Core.Approvals;

/// <summary>How the stop journal names a device. A slash is in no identifier, so two devices never share a name.</summary>
public static class DeviceSubject
{
    /// <summary>An approver's device. Another key under the same name stays suspended: a change of governance is no reinstatement.</summary>
    public static string Of(string approverId, string deviceId) => $"{approverId}/{deviceId}";

    /// <summary>The approver of a device's name.</summary>
    public static string ApproverOf(string subject) => subject.Split('/')[0];
}
