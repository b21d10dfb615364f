using Custody.Chains.Bitcoin;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using CurveInteger = Org.BouncyCastle.Math.BigInteger;

namespace Custody.Chains.Tests.Bitcoin;

/// <summary>The examples of BIP-143, and Bitcoin Core's 500 legacy digests, which prove parser and writer on strange transactions.</summary>
public sealed class SighashVectorTests
{
    private static readonly X9ECParameters Curve = CustomNamedCurves.GetByName("secp256k1");

    public static IEnumerable<TheoryDataRow<int>> Examples => Enumerable.Range(0, Bip143.GetArrayLength()).Select(i => new TheoryDataRow<int>(i));

    private static System.Text.Json.JsonElement Bip143 => VectorFile.Read("bip143.json").GetProperty("sighashes");

    [Theory]
    [MemberData(nameof(Examples))]
    public void Of_Bip143Example_IsThePublishedDigestThatItsSignatureVerifies(int example)
    {
        var vector = Bip143[example];
        var digest = new WitnessSighash(Read(vector.Hex("transaction")))
            .Of(vector.GetProperty("input").GetInt32(), vector.Hex("scriptCode"), vector.GetProperty("amount").GetInt64(), vector.GetProperty("hashType").GetUInt32());

        Assert.Equal(vector.Text("sighash"), Convert.ToHexStringLower(digest));
        if (vector.TryGetProperty("signature", out _) && vector.TryGetProperty("publicKey", out _))
        {
            var signature = DerSignature.Decode(vector.Hex("signature").AsSpan()[..^1]);
            Assert.NotNull(signature);
            Assert.Equal(vector.GetProperty("hashType").GetUInt32(), vector.Hex("signature")[^1]);
            Assert.True(Verifies(vector.Hex("publicKey"), digest, signature));
        }
    }

    [Fact]
    public void OfKeyHash_Bip143NativeExample_IsThePublishedDigest()
    {
        var spent = new TransactionOutput(600_000_000, Convert.FromHexString("00141d0f172a0ecb48aee1be1f2687d2963ae33f71a1"));

        Assert.Equal(Bip143[0].Text("sighash"), Convert.ToHexStringLower(new WitnessSighash(Read(Bip143[0].Hex("transaction"))).OfKeyHash(1, spent)));
    }

    [Fact]
    public void OfKeyHash_OutputThatIsNoKeyHash_Throws()
    {
        var spent = new TransactionOutput(1, Convert.FromHexString("51201d0f172a0ecb48aee1be1f2687d2963ae33f71a11d0f172a0ecb48aee1be1f26"));

        Assert.Throws<ArgumentException>(() => new WitnessSighash(Read(Bip143[0].Hex("transaction"))).OfKeyHash(1, spent));
    }

    [Fact]
    public void Parse_Bip143SignedTransactions_SerialiseToThemselves()
    {
        foreach (var signed in VectorFile.Read("bip143.json").GetProperty("signed").EnumerateArray())
        {
            var transaction = Read(Convert.FromHexString(signed.GetString()!));
            Assert.Equal(signed.GetString(), Convert.ToHexStringLower(transaction.Serialize()));
        }
    }

    [Fact]
    public void LegacySighash_CoreVectors_AreThePublishedDigests()
    {
        var vectors = VectorFile.Read("core-sighash.json").EnumerateArray().Where(row => row.GetArrayLength() == 5).ToList();

        Assert.Equal(500, vectors.Count);
        foreach (var vector in vectors)
        {
            var raw = vector[0].GetString()!;
            var transaction = Read(Convert.FromHexString(raw));
            var digest = LegacySighash.Of(transaction, vector[2].GetInt32(), Convert.FromHexString(vector[1].GetString()!), vector[3].GetInt32());
            Array.Reverse(digest);
            Assert.Equal(vector[4].GetString(), Convert.ToHexStringLower(digest));
            Assert.Equal(raw, Convert.ToHexStringLower(transaction.Serialize()));
        }
    }

    private static BitcoinTransaction Read(byte[] bytes) => Assert.IsType<TransactionReading.Read>(TransactionParser.Parse(bytes)).Transaction;

    private static bool Verifies(byte[] key, byte[] digest, EcdsaSignature signature)
    {
        var signer = new ECDsaSigner();
        signer.Init(false, new ECPublicKeyParameters(Curve.Curve.DecodePoint(key), new ECDomainParameters(Curve)));
        return signer.VerifySignature(digest, new CurveInteger(signature.R.ToString(null, null)), new CurveInteger(signature.S.ToString(null, null)));
    }
}
