using Custody.Core.Journals;

namespace Custody.Functions.Roles;

/// <summary>A call about one thing, by its id.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Id">The id.</param>
public sealed record IdMessage(int Version, string Id);

/// <summary>A call about signed bytes.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Sighash">What was signed, hex.</param>
public sealed record SignedMessage(int Version, string WithdrawalId, int Attempt, string Sighash);

/// <summary>A line for the stop journal.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Head">The head that it was decided at.</param>
/// <param name="Fact">The line.</param>
public sealed record AppendMessage(int Version, JournalHead Head, StopFact Fact);

/// <summary>The closing line of a vault's signing journal.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="VaultId">The vault.</param>
/// <param name="Head">The head that it was decided at.</param>
/// <param name="Id">What ended unpaid.</param>
/// <param name="UpTo">The attempt that was given up, with those before it; 0 for the whole.</param>
public sealed record CloseMessage(int Version, string VaultId, JournalHead Head, string Id, int UpTo = 0);

/// <summary>An answer of another role; which members there are depends on the outcome.</summary>
/// <param name="Version">Always 1.</param>
/// <param name="Outcome">What came of the call, such as <c>signed</c> or <c>refused</c>.</param>
/// <param name="Code">The code of a refusal or of a silence.</param>
/// <param name="Detail">One sentence for people.</param>
/// <param name="Sighash">What was signed, hex.</param>
/// <param name="TransactionId">The transaction.</param>
/// <param name="MayBeSigned">Whether a signature may exist.</param>
/// <param name="Until">When it is worth asking again.</param>
/// <param name="Certificate">The certificate.</param>
/// <param name="VaultId">The vault that it is about.</param>
/// <param name="Broadcast">The node's verdict.</param>
/// <param name="Head">The journal's new head.</param>
public sealed record AnswerMessage(
    int Version,
    string Outcome,
    string? Code = null,
    string? Detail = null,
    string? Sighash = null,
    string? TransactionId = null,
    bool? MayBeSigned = null,
    DateTimeOffset? Until = null,
    string? Certificate = null,
    string? VaultId = null,
    string? Broadcast = null,
    JournalHead? Head = null);
