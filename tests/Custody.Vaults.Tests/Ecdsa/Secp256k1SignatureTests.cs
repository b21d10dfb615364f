using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Custody.Core.Assets;
using Custody.Vaults.Ecdsa;
using Xunit;

namespace Custody.Vaults.Tests.Ecdsa;

public sealed class Secp256k1SignatureTests
{
    // The much-used RFC 6979 vectors for secp256k1 with SHA-256, in their low-S form: private key, message, r‖s.
    public static TheoryData<string, string, string> Rfc6979 { get; } = new()
    {
        {
            "0000000000000000000000000000000000000000000000000000000000000001", "Satoshi Nakamoto",
            "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d82442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5"
        },
        {
            "0000000000000000000000000000000000000000000000000000000000000001",
            "All those moments will be lost in time, like tears in rain. Time to die...",
            "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21"
        },
        {
            "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140", "Satoshi Nakamoto",
            "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d06b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5"
        },
        {
            "f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181", "Alan Turing",
            "7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea"
        },
    };

    private static readonly byte[] Order = Convert.FromHexString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
    private static readonly TestKey Key = new("f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181");
    private static readonly byte[] Digest = SHA256.HashData("digest"u8);

    [Theory]
    [MemberData(nameof(Rfc6979))]
    public void Verify_PublishedVector_IsValidAndRecoversTheKey(string privateKey, string message, string expected)
    {
        var publicKey = new TestKey(privateKey).PublicKey;
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(message));
        var signature = Convert.FromHexString(expected);

        Assert.True(Secp256k1Signature.Verify(publicKey, digest, signature));
        Assert.True(Secp256k1Signature.IsLowS(signature));
        var yParity = Assert.NotNull(Secp256k1Signature.RecoverYParity(publicKey, digest, signature));
        Assert.Equal(publicKey, Secp256k1Signature.RecoverPublicKey(digest, signature, yParity));
    }

    [Theory]
    [MemberData(nameof(Rfc6979))]
    public void NormalizeLowS_HighSTwinOfAPublishedVector_GivesTheVector(string privateKey, string message, string expected)
    {
        _ = (privateKey, message);
        var signature = Convert.FromHexString(expected);
        var high = HighTwin(signature);

        Assert.False(Secp256k1Signature.IsLowS(high));
        Assert.Equal(signature, Secp256k1Signature.NormalizeLowS(high));
        Assert.Equal(signature, Secp256k1Signature.NormalizeLowS(signature));
    }

    // EIP-155's own example: v is 37 on chain 1, so the parity is 0.
    [Fact]
    public void RecoverPublicKey_Eip155Example_IsItsSender()
    {
        var digest = Convert.FromHexString("daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53");
        var signature = Convert.FromHexString(
            "28ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa63627667cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83");
        var sender = new TestKey(string.Concat(Enumerable.Repeat("46", 32))).PublicKey;

        var recovered = Secp256k1Signature.RecoverPublicKey(digest, signature, 0);

        Assert.Equal(sender, recovered);
        Assert.Equal("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F", EvmAddress.FromPublicKey(recovered).ToString());
        Assert.Equal(0, Secp256k1Signature.RecoverYParity(sender, digest, signature));
    }

    [Fact]
    public void RecoverYParity_FirstPublishedVector_IsOne() => Assert.Equal(1, Secp256k1Signature.RecoverYParity(
        new TestKey("01").PublicKey,
        SHA256.HashData("Satoshi Nakamoto"u8),
        Convert.FromHexString(
            "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d82442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5")));

    [Fact]
    public void IsLowS_AtHalfTheOrder_IsLowAndOneMoreIsHigh()
    {
        var half = Number(Order) / 2;
        byte[] low = [.. Word("1"), .. Word($"{half}")];
        byte[] high = [.. Word("1"), .. Word($"{half + 1}")];

        Assert.True(Secp256k1Signature.IsLowS(low));
        Assert.False(Secp256k1Signature.IsLowS(high));
        Assert.Equal(low, Secp256k1Signature.NormalizeLowS(high));
    }

    public static TheoryData<string, byte[]> MalformedSignatures { get; } = new()
    {
        { "empty", [] },
        { "63 bytes", new byte[63] },
        { "65 bytes", [.. Key.Sign(Digest), 0] },
        { "r zero", [.. new byte[32], .. Key.Sign(Digest)[32..]] },
        { "s zero", [.. Key.Sign(Digest)[..32], .. new byte[32]] },
        { "r the order", [.. Order, .. Key.Sign(Digest)[32..]] },
        { "s the order", [.. Key.Sign(Digest)[..32], .. Order] },
        { "all ones", Enumerable.Repeat((byte)0xff, 64).ToArray() },
    };

    [Theory]
    [MemberData(nameof(MalformedSignatures))]
    public void EachFunction_MalformedSignature_SaysNo(string what, byte[] signature)
    {
        _ = what;
        Assert.False(Secp256k1Signature.Verify(Key.PublicKey, Digest, signature));
        Assert.False(Secp256k1Signature.IsLowS(signature));
        Assert.Null(Secp256k1Signature.NormalizeLowS(signature));
        Assert.Null(Secp256k1Signature.RecoverPublicKey(Digest, signature, 0));
        Assert.Null(Secp256k1Signature.RecoverYParity(Key.PublicKey, Digest, signature));
    }

    [Fact]
    public void Verify_MalformedPublicKeyOrDigest_SaysNo()
    {
        var signature = Key.Sign(Digest);
        var offCurve = Key.PublicKey;
        offCurve[64] ^= 1;
        byte[] compressed = [(byte)(2 + (Key.PublicKey[64] & 1)), .. Key.PublicKey[1..33]];
        byte[] hybrid = [(byte)(6 + (Key.PublicKey[64] & 1)), .. Key.PublicKey[1..]];

        Assert.True(Secp256k1Signature.Verify(Key.PublicKey, Digest, signature));
        foreach (var publicKey in new byte[][] { [], [0], Key.PublicKey[1..], [.. Key.PublicKey, 0], offCurve, compressed, hybrid })
        {
            Assert.False(Secp256k1Signature.Verify(publicKey, Digest, signature));
            Assert.Null(Secp256k1Signature.RecoverYParity(publicKey, Digest, signature));
        }

        Assert.False(Secp256k1Signature.Verify(Key.PublicKey, Digest[1..], signature));
        Assert.False(Secp256k1Signature.Verify(Key.PublicKey, [.. Digest, 0], signature));
        Assert.Null(Secp256k1Signature.RecoverPublicKey([.. Digest, 0], signature, 0));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(27)]
    public void RecoverPublicKey_ParityNeitherZeroNorOne_IsNull(int yParity) =>
        Assert.Null(Secp256k1Signature.RecoverPublicKey(Digest, Key.Sign(Digest), yParity));

    // r = 5 is in range, but no point of the curve has x = 5.
    [Fact]
    public void RecoverPublicKey_NoPointAtR_IsNull()
    {
        byte[] signature = [.. Word("5"), .. Word("1")];

        Assert.Null(Secp256k1Signature.RecoverPublicKey(Digest, signature, 0));
        Assert.Null(Secp256k1Signature.RecoverPublicKey(Digest, signature, 1));
    }

    internal static byte[] HighTwin(byte[] signature) => [.. signature[..32], .. Word($"{Number(Order) - Number(signature[32..])}")];

    private static BigInteger Number(byte[] bigEndian) => new(bigEndian, isUnsigned: true, isBigEndian: true);

    private static byte[] Word(string number)
    {
        var bytes = BigInteger.Parse(number).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }
}
