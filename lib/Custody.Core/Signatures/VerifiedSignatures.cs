using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Custody.Core.Signatures;

/// <summary>
/// Remembers which signatures verified, so that the same bytes are not calculated anew at each reading: a payment asks for those of
/// one governance document dozens of times. What is remembered is an answer of mathematics, under a SHA-256 over everything that it
/// depends on, and never who may sign, until when, or what storage holds. Only "yes" is kept: nobody fills it with what does not verify.
/// </summary>
internal sealed class VerifiedSignatures(int most)
{
    // Two generations, so that a full one takes nothing away that is still asked for.
    private volatile ConcurrentDictionary<Key, byte> _young = new();
    private volatile ConcurrentDictionary<Key, byte> _old = new();

    /// <summary>The answer of <paramref name="verify"/> for this key, data and signature, calculated unless it was "yes" before.</summary>
    public bool Verify(RegisteredKey key, byte[] publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, Func<byte[], ReadOnlySpan<byte>, ReadOnlySpan<byte>, bool> verify)
    {
        var asked = Key.Of(key.Algorithm, publicKey, signature, data);
        if (_young.ContainsKey(asked) || _old.ContainsKey(asked))
        {
            Keep(asked);
            return true;
        }

        if (!verify(publicKey, data, signature))
        {
            return false;
        }

        Keep(asked);
        return true;
    }

    private void Keep(Key asked)
    {
        if (_young.Count >= most)
        {
            (_old, _young) = (_young, new ConcurrentDictionary<Key, byte>());
        }

        _young.TryAdd(asked, 0);
    }

    private readonly record struct Key(ulong A, ulong B, ulong C, ulong D)
    {
        public static Key Of(SignatureAlgorithm algorithm, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> data)
        {
            // Each part with its length: no two questions are the same bytes.
            Span<byte> lengths = stackalloc byte[12];
            BinaryPrimitives.WriteInt32BigEndian(lengths, (int)algorithm);
            BinaryPrimitives.WriteInt32BigEndian(lengths[4..], publicKey.Length);
            BinaryPrimitives.WriteInt32BigEndian(lengths[8..], signature.Length);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(lengths);
            hash.AppendData(publicKey);
            hash.AppendData(signature);
            hash.AppendData(data);
            Span<byte> digest = stackalloc byte[32];
            hash.GetHashAndReset(digest);
            return new Key(
                BinaryPrimitives.ReadUInt64BigEndian(digest), BinaryPrimitives.ReadUInt64BigEndian(digest[8..]),
                BinaryPrimitives.ReadUInt64BigEndian(digest[16..]), BinaryPrimitives.ReadUInt64BigEndian(digest[24..]));
        }
    }
}
