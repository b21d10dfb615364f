using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>A registered key and whose it is.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="OwnerId">The governor, client, approver or operator.</param>
/// <param name="Person">The natural person, or the client for a client's key.</param>
/// <param name="DeviceId">The device, for an approver's key.</param>
/// <param name="Key">The key.</param>
public sealed record KeyHolder(KeyRole Role, string OwnerId, string Person, string? DeviceId, RegisteredKey Key);
