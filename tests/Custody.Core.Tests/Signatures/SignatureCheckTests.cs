using Custody.Core.Signatures;
using Custody.Testing.World;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Signatures;

public sealed class SignatureCheckTests
{
    // RFC 8032, section 7.1: tests 1, 2 and 3.
    [Theory]
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void Verify_Rfc8032Vectors_Hold(string publicKey, string message, string signature)
    {
        var key = RegisteredKey.From("k", SignatureAlgorithm.EdDsa, Convert.FromHexString(publicKey));

        Assert.True(SignatureCheck.Verify(key, Convert.FromHexString(message), Convert.FromHexString(signature)));
        Assert.False(SignatureCheck.Verify(key, [.. Convert.FromHexString(message), 0], Convert.FromHexString(signature)));
    }

    // RFC 7515, appendix A.3: the key's x and y, the signing input and the signature.
    [Fact]
    public void Verify_Rfc7515AppendixA3_Holds()
    {
        Assert.True(StrictBase64Url.TryDecode("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", out var x));
        Assert.True(StrictBase64Url.TryDecode("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0", out var y));
        Assert.True(StrictBase64Url.TryDecode("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q", out var signature));
        var key = RegisteredKey.From("k", SignatureAlgorithm.Es256, [4, .. x, .. y]);
        var input = System.Text.Encoding.ASCII.GetBytes("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ");

        Assert.True(SignatureCheck.Verify(key, input, signature));
        Assert.False(SignatureCheck.Verify(key, input[1..], signature));
        Assert.False(SignatureCheck.Verify(key with { Algorithm = SignatureAlgorithm.None }, input, signature));
        Assert.False(SignatureCheck.Verify(key with { Algorithm = SignatureAlgorithm.EdDsa }, input, signature));
    }

    [Fact]
    public void Verify_KeyThatIsNoPoint_IsFalseAndDoesNotThrow()
    {
        var offCurve = new byte[65];
        offCurve[0] = 4;
        offCurve[64] = 7;
        foreach (var bytes in (byte[][])[offCurve, new byte[65], new byte[33], new byte[64], []])
        {
            Assert.False(SignatureCheck.Verify(RegisteredKey.From("k", SignatureAlgorithm.Es256, bytes), [1], new byte[64]));
        }

        foreach (var bytes in (byte[][])[new byte[31], new byte[33], [], [.. Enumerable.Repeat((byte)0xff, 32)]])
        {
            Assert.False(SignatureCheck.Verify(RegisteredKey.From("k", SignatureAlgorithm.EdDsa, bytes), [1], new byte[64]));
        }

        Assert.False(SignatureCheck.Verify(new RegisteredKey("k", SignatureAlgorithm.EdDsa, "not base64url!"), [1], new byte[64]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(70)]
    public void Verify_SignatureOfAnotherLength_IsFalse(int length) => Assert.False(SignatureCheck.Verify(People.Exchange.Registered, [1], new byte[length]));

    [Property]
    public bool StrictBase64Url_AnyBytes_RoundTrip(byte[] bytes) =>
        StrictBase64Url.TryDecode(StrictBase64Url.Encode(bytes ?? []), out var decoded) && decoded.SequenceEqual(bytes ?? []);

    [Theory]
    [InlineData("QQ==")]
    [InlineData("QR")]
    [InlineData("Q Q")]
    [InlineData("QQ\n")]
    [InlineData("Q")]
    [InlineData("+/8")]
    public void StrictBase64Url_SecondTextOfTheSameBytes_DoesNotDecode(string text) => Assert.False(StrictBase64Url.TryDecode(text, out _));

    [Fact]
    public void SignedDocument_CompactAndBack_IsTheSame()
    {
        var compact = People.Olga.SignBytes(DocumentType.Freeze, "{}"u8.ToArray(), CustodyWorld.Start);
        var document = SignedDocument.FromCompact(compact)!;

        Assert.Equal(compact, document.ToCompact());
        Assert.Equal(document.ToBytes(), SignedDocument.FromBytes(document.ToBytes()).ToBytes());
        Assert.Null(SignedDocument.FromCompact("a.b"));
        Assert.Throws<InvalidOperationException>(() => CustodyWorld.Default.EntryDocument.ToCompact());
        Assert.Empty(new SignedDocument("!", []).PayloadBytes());
    }
}
