using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Intents;

namespace Custody.Core.Journals;

/// <summary>What is to be appended to a signing journal; the writer adds number, hash and time. Members as in <see cref="SigningEntry"/>.</summary>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Kind">What the intent is for.</param>
/// <param name="IntentDigest">The intent, hex.</param>
/// <param name="Slots">The slots it takes.</param>
/// <param name="Sighash">The digest to be signed, hex.</param>
/// <param name="Asset">What is paid.</param>
/// <param name="Destination">To whom.</param>
/// <param name="Amount">Base units.</param>
/// <param name="Automatic">True when a rule approved it and nobody else; absent otherwise.</param>
/// <param name="Entry">The whitelist entry that a withdrawal was for; absent where there is none, and in lines that are older than this member.</param>
public sealed record SigningFact(
    string WithdrawalId,
    int Attempt,
    IntentKind Kind,
    string IntentDigest,
    IReadOnlyList<string> Slots,
    string Sighash,
    AssetId? Asset,
    string Destination,
    BigInteger Amount,
    bool? Automatic = null,
    string? Entry = null)
{
    /// <summary>
    /// Closes a withdrawal that ended unpaid: no line may follow for it in this journal. Ending and signing are thereby decided
    /// at one place, and what an ended withdrawal held can be given to another. With an attempt it closes that attempt and those
    /// before it, and later ones may be signed.
    /// </summary>
    public static SigningFact Close(string withdrawalId, int upTo = 0) => new(withdrawalId, upTo, IntentKind.Unknown, "", [], "", null, "", 0);

    /// <summary>Whether this is nothing but a closing line.</summary>
    public bool IsClosing => Kind == IntentKind.Unknown && Sighash.Length == 0 && Slots.Count == 0;
}
