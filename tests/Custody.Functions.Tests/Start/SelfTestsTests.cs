using Custody.Comparison.Evm;
using Custody.Core.Encoding;
using Custody.Functions.Composition;
using Custody.Vaults.Ecdsa;
using Xunit;

namespace Custody.Functions.Tests.Start;

public sealed class SelfTestsTests
{
    private static readonly SelfTestSubjects Real = new();

    private static readonly Dictionary<string, (string Name, SelfTestSubjects Subjects)> Wrong = new(StringComparer.Ordinal)
    {
        ["keccak with another padding"] = ("Keccak-256", Real with { Keccak = Sha3 }),
        ["keccak of nothing"] = ("Keccak-256", Real with { Keccak = data => Keccak256.Hash(data.Length == 0 ? [0] : data) }),
        ["keccak that throws"] = ("Keccak-256", Real with { Keccak = _ => throw new DllNotFoundException("gone") }),
        ["sha-256 of something else"] = ("SHA-256", Real with { Sha256 = Keccak }),
        ["rlp of a text without its length"] = ("RLP", Real with { RlpBytes = data => data }),
        ["rlp of long texts as of short ones"] = ("RLP", Real with { RlpBytes = data => [(byte)(0x80 + data.Length), .. data] }),
        ["rlp of zero as a zero byte"] = ("RLP", Real with { RlpInteger = number => number.IsZero ? [0] : Real.RlpInteger(number) }),
        ["rlp of little-endian integers"] = ("RLP", Real with { RlpInteger = number => Real.RlpBytes(number.IsZero ? [] : number.ToByteArray(isUnsigned: true)) }),
        ["rlp of a list as a text"] = ("RLP", Real with { RlpList = items => Real.RlpBytes([.. items.SelectMany(i => i)]) }),
        ["a builder that pays another"] = ("sighash", Real with { Build = transfer => Real.Build(transfer with { To = default }) }),
        ["a builder of another nonce"] = ("sighash", Real with { Build = transfer => Real.Build(transfer with { Nonce = transfer.Nonce + 1 }) }),
        ["a sighash without the type byte"] = ("sighash", Real with { Sighash = unsigned => Real.Sighash(unsigned[1..]) }),
        ["a high s that stays"] = ("low-S", Real with { NormalizeLowS = signature => signature }),
        ["a low s that is turned high"] = ("low-S", Real with { NormalizeLowS = signature => Secp256k1Signature.IsLowS(signature) ? null : Real.NormalizeLowS(signature) }),
        ["every signature verifies"] = ("low-S", Real with { Verify = (_, _, _) => true }),
        ["no signature verifies"] = ("low-S", Real with { Verify = (_, _, _) => false }),
        ["a token's builder that pays another"] = ("token transfer", Real with { BuildToken = transfer => Real.BuildToken(transfer with { To = transfer.Token }) }),
        ["a token's builder of another amount"] = ("token transfer", Real with { BuildToken = transfer => Real.BuildToken(transfer with { Amount = transfer.Amount * 10 }) }),
        ["an approve that reads as a transfer"] = ("token transfer", Real with
        {
            ParseToken = bytes => Real.ParseToken(Convert.FromHexString(Convert.ToHexStringLower(bytes).Replace("095ea7b3", "a9059cbb", StringComparison.Ordinal))),
        }),
        ["signed bytes with the other parity"] = ("assembly", Real with { Assemble = (unsigned, signature, parity) => Real.Assemble(unsigned, signature, 1 - parity) }),
        ["another hash than the bytes'"] = ("assembly", Real with { Assemble = (unsigned, signature, parity) => (Real.Assemble(unsigned, signature, parity).Bytes, "0x") }),
        ["an address with the key's first byte"] = ("address", Real with { Address = key => new Custody.Core.Assets.EvmAddress(Keccak256.Hash(key).AsSpan(12)).ToString() }),
        ["unsigned bytes that read as another's"] = ("parse", Real with { ParseUnsigned = bytes => Other(Real.ParseUnsigned(bytes)) }),
        ["unsigned bytes that never read"] = ("parse", Real with { ParseUnsigned = _ => new EvmDecoding.Malformed("no") }),
        ["signed bytes with something behind them"] = ("parse", Real with { ParseSigned = bytes => Real.ParseSigned(bytes[^1] == 0 ? bytes[..^1] : bytes) }),
        ["signed bytes whose signer is somebody else"] = ("parse", Real with
        {
            ParseSigned = bytes => Real.ParseSigned(bytes) is EvmDecoding.Signed signed ? signed with { Signer = new byte[65] } : new EvmDecoding.Malformed("no"),
        }),
    };

    public static TheoryData<string> WrongNames => [.. Wrong.Keys];

    [Fact]
    public void Problems_AsTheAppIsBuilt_AreNone() => Assert.Empty(new SelfTests(Real).Problems());

    [Theory]
    [MemberData(nameof(WrongNames))]
    public void Problems_OneThingIsWrong_AreOneSentenceThatNamesIt(string what)
    {
        var problem = Assert.Single(new SelfTests(Wrong[what].Subjects).Problems());

        Assert.StartsWith($"The self-test of {Wrong[what].Name} failed:", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_EverythingIsWrong_NamesEach() => Assert.Equal(9, new SelfTests(Real with
    {
        Keccak = _ => [],
        Sha256 = _ => [],
        RlpBytes = _ => [],
        Sighash = _ => [],
        NormalizeLowS = _ => null,
        ParseSigned = _ => new EvmDecoding.Malformed("no"),
        BuildToken = _ => [],
        Assemble = (_, _, _) => default,
        Address = _ => "",
    }).Problems().Count);

    private static byte[] Keccak(byte[] data) => Keccak256.Hash(data);

    // FIPS 202's padding: one bit of difference, and every address would be another.
    private static byte[] Sha3(byte[] data)
    {
        var digest = new Org.BouncyCastle.Crypto.Digests.Sha3Digest(256);
        digest.BlockUpdate(data);
        var result = new byte[32];
        digest.DoFinal(result);
        return result;
    }

    private static EvmDecoding Other(EvmDecoding decoding) => decoding is EvmDecoding.Unsigned unsigned ? unsigned with { Transfer = unsigned.Transfer with { To = "0x" } } : decoding;
}
