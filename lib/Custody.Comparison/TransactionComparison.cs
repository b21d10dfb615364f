using System.Globalization;
using System.Security.Cryptography;
using Custody.Comparison.Curve;
using Custody.Comparison.Evm;
using Custody.Core.Assets;
using Custody.Core.Intents;
using Custody.Core.Transactions;

namespace Custody.Comparison;

/// <summary>
/// The gate before broadcast: the signed bytes, decoded and their signer recovered by code of its own, are exactly the
/// approved intent and exactly the bytes that the signing gate signed.
/// </summary>
/// <param name="nativeAssets">The registered native asset of each chain.</param>
/// <param name="tokenGas">The registered tokens, each with the most gas that its transfer may use; without them no token matches.</param>
public sealed class TransactionComparison(IReadOnlyDictionary<ChainId, AssetId> nativeAssets, IReadOnlyDictionary<AssetId, ulong>? tokenGas = null)
{
    // The decoder yields no transfer that has any, so the verdict of the access list is part of decoding at all.
    private const string Empty = "empty";
    private const ulong NativeGas = 21000;

    /// <summary>Compares. Never throws on bad bytes.</summary>
    public ComparisonResult Compare(ComparisonInput input) => EvmTransactionDecoder.DecodeSigned(input.Signed.Span, KnownKeys.Of(input.RegisteredPublicKey.Span)) switch
    {
        EvmDecoding.Signed signed => Compare(input, signed),
        EvmDecoding.Malformed malformed => Undecodable("a signed EIP-1559 transfer", malformed.Reason),
        _ => Undecodable("a signed EIP-1559 transfer", "The bytes are not a signed transaction."),
    };

    private ComparisonResult Compare(ComparisonInput input, EvmDecoding.Signed signed)
    {
        var found = EvmFacts.Of(signed.Transfer, nativeAssets, tokenGas);
        if (found.Facts is not { } facts)
        {
            return Undecodable("an EIP-1559 transfer of a registered asset", found.Problem);
        }

        FieldVerdict[] verdicts = [.. IntentMatch.Compare(input.Intent, facts), .. OwnVerdicts(input, signed)];
        var differing = verdicts.Where(v => !v.Matches).Select(v => v.Field);
        return IntentMatch.Holds(verdicts)
            ? new ComparisonResult.Match(verdicts, signed.TxId, Digests(input))
            : new ComparisonResult.Mismatch(verdicts, $"Not as approved: {string.Join(", ", differing)}.");
    }

    private FieldVerdict[] OwnVerdicts(ComparisonInput input, EvmDecoding.Signed signed) =>
    [
        Kind(input),
        Equal("memo", "", input.Intent.Memo ?? ""),
        Equal("nonce", Text(input.Nonce), Text(signed.Transfer.Nonce)),
        GasLimit(input.Intent.Asset, signed.Transfer.GasLimit),
        Equal("calldata", input.Intent.Asset.IsNative ? Empty : TransferCall.Signature, signed.Transfer.Token is null ? Empty : TransferCall.Signature),
        Equal("accessList", Empty, Empty),
        Equal("signer", Hex(input.RegisteredPublicKey.Span), Hex(signed.Signer)),
        Equal("from", input.VaultAddress, ChecksumAddress.Of(signed.Signer)),
        Equal("unsignedBytes", Hex(input.Unsigned.Span), Hex(signed.UnsignedBytes)),
    ];

    // A gap fill and a cancel move nothing, from the account to itself; a fee bump is the payment that it bumps; gas funding goes to the
    // account of the key that is registered for a vault of our own. The other kinds come with rules of their own; until then they are not sent.
    private static FieldVerdict Kind(ComparisonInput input) => input.Intent switch
    {
        { Kind: IntentKind.GapFill or IntentKind.Cancel, Asset.IsNative: true, Amount.IsZero: true } empty => Equal("selfTransfer", input.VaultAddress, empty.Destination),
        { Kind: IntentKind.FeeBump } => Equal("kind", nameof(IntentKind.FeeBump), input.Intent.Kind.ToString()),
        { Kind: IntentKind.GasFunding, Asset.IsNative: true, Amount.Sign: > 0 } funding when input.FundedPublicKey is { Length: 65 } key =>
            Equal("fundedVault", ChecksumAddress.Of(key.Span), funding.Destination),
        _ => Equal("kind", nameof(IntentKind.Withdrawal), input.Intent.Kind.ToString()),
    };

    private FieldVerdict GasLimit(AssetId asset, ulong actual) =>
        asset.IsNative ? Equal("gasLimit", Text(NativeGas), Text(actual))
        : tokenGas?.TryGetValue(asset, out var ceiling) == true ? new FieldVerdict("gasLimit", actual <= ceiling, $"at most {Text(ceiling)}", Text(actual))
        : new FieldVerdict("gasLimit", false, "a registered token's", Text(actual));

    private static ComparisonResult.Mismatch Undecodable(string expected, string reason) =>
        new([new FieldVerdict("decoding", false, expected, reason)], reason);

    private static ComparisonDigests Digests(ComparisonInput input) =>
        new(input.Intent.Digest(), Hex(SHA256.HashData(input.Unsigned.Span)), Hex(SHA256.HashData(input.Signed.Span)));

    private static FieldVerdict Equal(string field, string expected, string actual) =>
        new(field, string.Equals(expected, actual, StringComparison.Ordinal), expected, actual);

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
