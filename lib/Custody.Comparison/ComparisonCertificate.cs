using Custody.Comparison.Evm;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Transactions;

namespace Custody.Comparison;

/// <summary>
/// The statement without which the sender refuses to send: these signed bytes were decoded independently and are the intent.
/// Signed as a JWS by the governed comparison key. Version 1 is persisted and never changes; a new member makes a new version.
/// </summary>
/// <param name="Version">Always 1.</param>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="IntentDigest">The intent's digest, hex.</param>
/// <param name="UnsignedDigest">SHA-256 of the unsigned bytes, hex.</param>
/// <param name="SignedDigest">SHA-256 of the signed bytes, hex.</param>
/// <param name="Txid">The transaction's hash.</param>
/// <param name="Verdicts">Every field's verdict.</param>
/// <param name="DecoderVersion">The decoder that read the bytes.</param>
/// <param name="BuildDigest">Digest of the build that compared, hex.</param>
/// <param name="SettingsDigest">Digest of its redacted settings, hex.</param>
/// <param name="ComparedAt">When.</param>
public sealed record ComparisonCertificate(
    int Version,
    string WithdrawalId,
    int Attempt,
    string IntentDigest,
    string UnsignedDigest,
    string SignedDigest,
    string Txid,
    IReadOnlyList<FieldVerdict> Verdicts,
    string DecoderVersion,
    string BuildDigest,
    string SettingsDigest,
    DateTimeOffset ComparedAt)
{
    /// <summary>The certificate of a match.</summary>
    public static ComparisonCertificate Of(
        WithdrawalIntent intent, ComparisonResult.Match match, string buildDigest, string settingsDigest, DateTimeOffset comparedAt) =>
        new(
            1,
            intent.WithdrawalId,
            intent.Attempt,
            match.Digests.Intent,
            match.Digests.Unsigned,
            match.Digests.Signed,
            match.TxId,
            match.Verdicts,
            EvmTransactionDecoder.Version,
            buildDigest,
            settingsDigest,
            comparedAt);

    /// <summary>The canonical bytes that are signed and stored.</summary>
    public byte[] Serialize() => CanonicalJson.Serialize(this);

    /// <summary>Reads canonical bytes; throws <see cref="System.Text.Json.JsonException"/> for any others.</summary>
    public static ComparisonCertificate Parse(ReadOnlySpan<byte> canonical) => CanonicalJson.Deserialize<ComparisonCertificate>(canonical);
}
