namespace Custody.Cli.Initialisation.Plan;

/// <summary>A key that a ceremony made in a token before. A vault key's label there must be this plan's trust root.</summary>
/// <param name="KeyId">The key's id on the token (CKA_ID).</param>
/// <param name="PublicKey">base64url of the uncompressed point, 65 bytes.</param>
/// <param name="TokenLabel">The token.</param>
/// <param name="PinFile">The file with its user PIN, an absolute path.</param>
public sealed record TokenKeyPlan(string KeyId, string PublicKey, string TokenLabel, string PinFile);
