using System.Security.Cryptography;
using Custody.Vaults.Ecdsa;
using FsCheck.Xunit;

namespace Custody.Vaults.Tests.Ecdsa;

public sealed class Secp256k1SignatureProperties
{
    [Property(MaxTest = 60)]
    public bool Sign_ByAnotherImplementation_VerifiesAndRecovers(byte[] seed, byte[] message)
    {
        var key = new TestKey(seed);
        var digest = SHA256.HashData(message);
        var signature = Secp256k1Signature.NormalizeLowS(key.Sign(digest))!;
        var yParity = Secp256k1Signature.RecoverYParity(key.PublicKey, digest, signature);

        return Secp256k1Signature.IsLowS(signature)
            && Secp256k1Signature.Verify(key.PublicKey, digest, signature)
            && yParity is { } parity
            && key.PublicKey.AsSpan().SequenceEqual(Secp256k1Signature.RecoverPublicKey(digest, signature, parity));
    }

    [Property(MaxTest = 60)]
    public bool NormalizeLowS_OfATwin_FlipsTheParityAndStaysValid(byte[] seed, byte[] message)
    {
        var key = new TestKey(seed);
        var digest = SHA256.HashData(message);
        var signature = key.Sign(digest);
        var twin = Secp256k1SignatureTests.HighTwin(signature);

        return Secp256k1Signature.Verify(key.PublicKey, digest, twin)
            && Secp256k1Signature.IsLowS(signature) != Secp256k1Signature.IsLowS(twin)
            && Secp256k1Signature.NormalizeLowS(signature)!.AsSpan().SequenceEqual(Secp256k1Signature.NormalizeLowS(twin))
            && Secp256k1Signature.RecoverYParity(key.PublicKey, digest, signature)
                == 1 - Secp256k1Signature.RecoverYParity(key.PublicKey, digest, twin);
    }

    [Property(MaxTest = 60)]
    public bool Verify_AnyBitFlipped_SaysNo(byte[] seed, byte[] message, ushort bit)
    {
        var key = new TestKey(seed);
        var digest = SHA256.HashData(message);
        byte[] all = [.. key.Sign(digest), .. digest, .. key.PublicKey];
        var at = bit % (all.Length * 8);
        all[at / 8] ^= (byte)(1 << (at % 8));

        return !Secp256k1Signature.Verify(all[96..], all[64..96], all[..64])
            && Secp256k1Signature.RecoverYParity(all[96..], all[64..96], all[..64]) is null;
    }

    [Property(MaxTest = 200)]
    public bool EachFunction_AnyBytes_DoesNotThrow(byte[] publicKey, byte[] digest, byte[] signature, int yParity)
    {
        var padded = new byte[64];
        signature.AsSpan(0, Math.Min(64, signature.Length)).CopyTo(padded);
        _ = Secp256k1Signature.NormalizeLowS(signature);
        _ = Secp256k1Signature.RecoverPublicKey(SHA256.HashData(digest), padded, yParity & 1);
        return !Secp256k1Signature.Verify(publicKey, digest, signature)
            && Secp256k1Signature.RecoverYParity(publicKey, SHA256.HashData(digest), padded) is null;
    }
}
