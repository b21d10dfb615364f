namespace Custody.Cli.Homes;

/// <summary>One person's or client's way to the API: who, with which key, where, and what is trusted. No secret is in it.</summary>
/// <param name="Kind">What the caller is.</param>
/// <param name="Id">The client, approver, governor, operator or source of prices.</param>
/// <param name="DeviceId">An approver's device.</param>
/// <param name="KeyId">The registered key.</param>
/// <param name="Signer">Where the key is.</param>
/// <param name="Api">The API's base URL, without <c>/api/v1</c>.</param>
/// <param name="Audience">What the API calls itself in call tokens.</param>
/// <param name="TrustRoot">The pinned trust root, hex: what the server says is verified from here up.</param>
public sealed record Profile(
    ProfileKind Kind, string Id, string? DeviceId, string KeyId, SignerPlace Signer, string Api, string Audience, string TrustRoot);
