namespace Custody.Core.Reading;

/// <summary>What a device knows by itself, whatever the server says.</summary>
/// <param name="WithdrawalId">The withdrawal that was asked for.</param>
/// <param name="TrustRoot">The pinned trust root, hex.</param>
/// <param name="Seen">The newest governance seen; null when none was.</param>
/// <param name="ApproverId">Whose device it is.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="KeyId">Its key.</param>
public sealed record BundleTerms(string WithdrawalId, string TrustRoot, SeenGovernance? Seen, string ApproverId, string DeviceId, string KeyId);
