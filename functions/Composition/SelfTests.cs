using System.Numerics;
using Custody.Chains.Evm;
using Custody.Comparison.Evm;
using Custody.Core.Assets;

namespace Custody.Functions.Composition;

/// <summary>
/// Known-answer tests of what every signature rests on (as FIPS 140-3 asks of a module at its start): a library that was exchanged, or a
/// machine that miscalculates, must not come as far as a vault. The transaction's answers are viem's.
/// </summary>
public sealed class SelfTests(SelfTestSubjects subjects)
{
    private const string Unsigned = "02f00107843b9aca008506fc23ac00825208945aaeb6053f3e94c9b9a09f33669435e7ef1beaed880de0b6b3a764000080c0";
    private const string UnsignedDigest = "374751c04c4833f47d6f076cb99f3f1fda0643f698646b9e2c82975edb093d35";
    private const string R = "c45e7c0be6a6f069e5ec544f84fa48f0f47da6af088518cccb488836d04442de";
    private const string S = "209cea2f5039d982301ac6245a2e46c2fdc4070d614aaee34a6dfad04ca66a7e";
    private const string HighS = "df6315d0afc6267dcfe539dba5d1b93bbcead5d94dfdf158756463bc838fd6c3";
    private const string Signed = "02f8730107843b9aca008506fc23ac00825208945aaeb6053f3e94c9b9a09f33669435e7ef1beaed880de0b6b3a764000080c001a0" + R + "a0" + S;
    private const string TransactionId = "0xb136936c506cc127e0bd4e172a9196d12a5ef0a7c9e20da4a75026e3f33aae53";

    private const string UnsignedToken = "02f86d0107843b9aca008506fc23ac0082fde894a0b86991c6218b36c1d19d4a2e9eb0ce3606eb4880b844"
        + "a9059cbb0000000000000000000000005aaeb6053f3e94c9b9a09f33669435e7ef1beaed00000000000000000000000000000000000000000000000000000000017d7840c0";
    private const string UnsignedTokenDigest = "3cc7c52f4ef953c808a5a7c1f7ce1631ca63d62bfc8660d481de965d37e9c444";
    private const string Address = "0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf";

    // The key 1: secp256k1's generator (SEC 2, section 2.4.1).
    private const string PublicKey = "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";

    private static readonly EvmTransfer Transfer = new(
        1, 7, 1_000_000_000, 30_000_000_000, EvmAddress.Parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"), BigInteger.Pow(10, 18));

    private static readonly EvmTokenTransfer TokenTransfer = new(
        1, 7, 1_000_000_000, 30_000_000_000, 65_000, EvmAddress.Parse("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"), Transfer.To, 25_000_000);

    /// <summary>A sentence for each test that fails; none when the app may go on.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. new (string Name, Func<bool> Holds)[]
        {
            ("Keccak-256", Keccak), ("SHA-256", Sha256), ("RLP", RlpHolds), ("sighash", Sighash), ("low-S", LowS), ("parse", Parse), ("token transfer", Token), ("assembly", Assembly), ("address", AddressHolds),
        }
        .Where(test => !Passes(test.Holds))
        .Select(test => $"The self-test of {test.Name} failed: this program, or the machine that it runs on, is not what was tested."),
    ];

    private static bool Passes(Func<bool> holds)
    {
        try
        {
            return holds();
        }
        catch (Exception)
        {
            // However it fails, it fails.
            return false;
        }
    }

    // The Keccak team's vectors of the empty text and of "abc".
    private bool Keccak() => Is(subjects.Keccak([]), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")
        && Is(subjects.Keccak("abc"u8.ToArray()), "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");

    // FIPS 180-4's example.
    private bool Sha256() => Is(subjects.Sha256("abc"u8.ToArray()), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    // The examples of Ethereum's own page about RLP: short and long texts, integers, lists.
    private bool RlpHolds() => Is(subjects.RlpBytes("dog"u8.ToArray()), "83646f67")
        && Is(subjects.RlpBytes("Lorem ipsum dolor sit amet, consectetur adipisicing elit"u8.ToArray())[..2], "b838")
        && Is(subjects.RlpInteger(0), "80") && Is(subjects.RlpInteger(15), "0f") && Is(subjects.RlpInteger(1024), "820400")
        && Is(subjects.RlpList([subjects.RlpBytes("cat"u8.ToArray()), subjects.RlpBytes("dog"u8.ToArray())]), "c88363617483646f67");

    private bool Sighash() => Is(subjects.Build(Transfer), Unsigned) && Is(subjects.Sighash(Convert.FromHexString(Unsigned)), UnsignedDigest);

    // A device may give either half of s, and both verify; only the lower one leaves (EIP-2).
    private bool LowS()
    {
        var (key, digest) = (Convert.FromHexString(PublicKey), Convert.FromHexString(UnsignedDigest));
        var (low, high) = (Convert.FromHexString(R + S), Convert.FromHexString(R + HighS));
        return subjects.NormalizeLowS(low) is { } same && same.AsSpan().SequenceEqual(low)
            && subjects.NormalizeLowS(high) is { } lowered && lowered.AsSpan().SequenceEqual(low)
            && subjects.Verify(key, digest, low) && subjects.Verify(key, digest, high) && !subjects.Verify(key, new byte[32], low);
    }

    private bool Parse() => subjects.ParseUnsigned(Convert.FromHexString(Unsigned)) is EvmDecoding.Unsigned unsigned
        && IsTransfer(unsigned.Transfer) && Is(unsigned.Sighash, UnsignedDigest)
        && subjects.ParseSigned(Convert.FromHexString(Signed)) is EvmDecoding.Signed signed
        && IsTransfer(signed.Transfer) && Is(signed.Signer, PublicKey) && Is(signed.UnsignedBytes, Unsigned) && signed.TxId == TransactionId
        && subjects.ParseSigned(Convert.FromHexString(Signed + "00")) is EvmDecoding.Malformed
        && subjects.ParseSigned(Convert.FromHexString(Signed.Replace(S, HighS, StringComparison.Ordinal))) is EvmDecoding.Malformed;

    private bool Token() => Is(subjects.BuildToken(TokenTransfer), UnsignedToken)
        && subjects.ParseToken(Convert.FromHexString(UnsignedToken)) is EvmDecoding.Unsigned { Transfer: var read, Sighash: var sighash }
        && Is(sighash, UnsignedTokenDigest)
        && read is { ChainId: 1, Nonce: 7, GasLimit: 65_000 } && read.Token == TokenTransfer.Token.ToString() && read.To == TokenTransfer.To.ToString() && read.Value == TokenTransfer.Amount
        && subjects.ParseToken(Convert.FromHexString(UnsignedToken.Replace("a9059cbb", "095ea7b3", StringComparison.Ordinal))) is EvmDecoding.Malformed;

    // What is sent is what was signed with the signature behind it, and nothing else.
    private bool Assembly() => subjects.Assemble(Convert.FromHexString(Unsigned), Convert.FromHexString(R + S), 1) is var (bytes, id) && Is(bytes, Signed) && id == TransactionId;

    private bool AddressHolds() => subjects.Address(Convert.FromHexString(PublicKey)) == Address;

    private static bool IsTransfer(DecodedTransfer decoded) => decoded is { ChainId: 1, Nonce: 7, Token: null }
        && decoded.MaxPriorityFeePerGas == Transfer.MaxPriorityFeePerGas && decoded.MaxFeePerGas == Transfer.MaxFeePerGas
        && decoded.To == Transfer.To.ToString() && decoded.Value == Transfer.Value;

    private static bool Is(byte[] bytes, string hex) => Convert.ToHexStringLower(bytes) == hex;
}
