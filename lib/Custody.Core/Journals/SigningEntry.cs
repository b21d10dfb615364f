using System.Numerics;
using Custody.Core.Assets;
using Custody.Core.Intents;

namespace Custody.Core.Journals;

/// <summary>
/// A line of a vault's signing journal, appended before the vault is asked. It alone decides sign-once and the windows of
/// platform, vault, asset and destination.
/// </summary>
/// <param name="Version">Always 1.</param>
/// <param name="Sequence">The line's number.</param>
/// <param name="Previous">Hash of the line before, hex.</param>
/// <param name="At">When it was appended.</param>
/// <param name="WithdrawalId">The withdrawal; empty for genesis.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Kind">What the intent was for; <see cref="IntentKind.Unknown"/> for genesis, and for the line that closes a withdrawal which ended unpaid.</param>
/// <param name="IntentDigest">The intent, hex.</param>
/// <param name="Slots">The sign-once slots taken, see <see cref="SigningSlot"/>.</param>
/// <param name="Sighash">The digest that the vault is asked to sign, hex.</param>
/// <param name="Asset">What is paid.</param>
/// <param name="Destination">To whom.</param>
/// <param name="Amount">Base units.</param>
/// <param name="Automatic">True when a rule approved it and nobody else; absent otherwise.</param>
/// <param name="Entry">The whitelist entry that a withdrawal was for; absent where there is none, and in lines that are older than this member.</param>
public sealed record SigningEntry(
    int Version,
    long Sequence,
    string Previous,
    DateTimeOffset At,
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
    string? Entry = null) : IJournalEntry;
