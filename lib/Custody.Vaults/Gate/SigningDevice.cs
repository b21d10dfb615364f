namespace Custody.Vaults.Gate;

/// <summary>A device that a signature names, and what governance committed to about it.</summary>
/// <param name="Subject">The device, see <see cref="Core.Approvals.DeviceSubject"/>.</param>
/// <param name="Commitment">Its commitment.</param>
/// <param name="Signed">Whether its key did sign; asked only where that matters.</param>
internal sealed record SigningDevice(string Subject, string Commitment, Func<bool> Signed);
