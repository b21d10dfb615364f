using System.Buffers.Binary;

namespace Custody.Core.Approvals.WebAuthn;

/// <summary>
/// What an authenticator says of itself (WebAuthn Level 3 §6.1): 32 bytes of relying party, one of flags, four of counter,
/// and at a registration the new credential. Nothing may follow: no extension is ever asked for.
/// </summary>
/// <param name="RelyingPartyHash">SHA-256 of the relying party's id.</param>
/// <param name="Flags">The flags.</param>
/// <param name="SignCount">How often the authenticator has signed; 0 where it does not count.</param>
/// <param name="Credential">The new credential; null when there is none.</param>
public sealed record AuthenticatorData(byte[] RelyingPartyHash, AuthenticatorFlags Flags, uint SignCount, AttestedCredential? Credential)
{
    private const int Fixed = 37;
    private const int AaguidLength = 16;
    private const int LongestCredentialId = 1023;

    /// <summary>Reads the bytes; null when they are not exactly this.</summary>
    public static AuthenticatorData? Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < Fixed)
        {
            return null;
        }

        var span = bytes.Span;
        var flags = (AuthenticatorFlags)span[32];
        var isAttested = flags.HasFlag(AuthenticatorFlags.Attested);
        var known = AuthenticatorFlags.UserPresent | AuthenticatorFlags.UserVerified | AuthenticatorFlags.BackupEligible | AuthenticatorFlags.BackedUp | AuthenticatorFlags.Attested;
        if ((flags & ~known) != 0 || (flags.HasFlag(AuthenticatorFlags.BackedUp) && !flags.HasFlag(AuthenticatorFlags.BackupEligible)) || isAttested == (bytes.Length == Fixed))
        {
            return null;
        }

        var credential = isAttested ? ReadCredential(bytes[Fixed..]) : null;
        return isAttested && credential is null
            ? null
            : new AuthenticatorData(span[..32].ToArray(), flags, BinaryPrimitives.ReadUInt32BigEndian(span[33..Fixed]), credential);
    }

    private static AttestedCredential? ReadCredential(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < AaguidLength + 2)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[AaguidLength..]);
        var rest = bytes[(AaguidLength + 2)..];
        return length is > 0 and <= LongestCredentialId && rest.Length > length && CoseKey.ReadPoint(rest[length..]) is { } point
            ? new AttestedCredential(new Guid(bytes.Span[..AaguidLength], bigEndian: true).ToString("D"), rest[..length].ToArray(), point)
            : null;
    }
}
