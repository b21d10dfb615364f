using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>
/// Whose key signed a statement that was refused: one that this version of governance registers or an earlier one did, for
/// whatever role and time. It says who is to be told of, and never that the statement counts.
/// </summary>
public static class RegisteredSigner
{
    /// <summary>The signer of an attached document; null when it verifies under no such key.</summary>
    public static KeyHolder? Of(string compact, string type, Governed governed, DateTimeOffset now) =>
        Find(compact, governed, keys => Jws.Verify(compact, type, keys, now));

    /// <summary>The signer of a detached signature over <paramref name="payload"/>; null when it verifies under no such key.</summary>
    public static KeyHolder? OfDetached(string compact, ReadOnlyMemory<byte> payload, string type, Governed governed, DateTimeOffset now) =>
        Find(compact, governed, keys => Jws.VerifyDetached(compact, payload, type, keys, now));

    private static KeyHolder? Find(string compact, Governed governed, Func<Func<string, RegisteredKey?>, JwsVerification> verify)
    {
        if (Jws.PeekKeyId(compact) is not { } keyId)
        {
            return null;
        }

        // Key ids are unique within a version only: each version's key of that id is tried.
        for (var version = governed; version is not null; version = version.Previous)
        {
            if (version.Holder(keyId) is { } holder && verify(_ => holder.Key with { Terms = null }) is JwsVerification.Valid)
            {
                return holder;
            }
        }

        return null;
    }
}
