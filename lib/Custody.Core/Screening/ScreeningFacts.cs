using Custody.Core.Governance;
using Custody.Core.Signatures;

namespace Custody.Core.Screening;

/// <summary>What screening rests on besides governance and the stop journal, as read from storage just now.</summary>
/// <param name="Attempt">The withdrawal's attempt.</param>
/// <param name="Lists">The sanctions lists that the stop journal names, by digest.</param>
/// <param name="Releases">The operators' halves of releases of this attempt, compact JWSs.</param>
/// <param name="InForce">
/// The governance in force, whose operators vouch for lists and releases; absent: the one that is asked. A list imported after
/// an intent was made may be signed by an operator whom the version that the intent names does not know yet.
/// </param>
public sealed record ScreeningFacts(int Attempt, IReadOnlyDictionary<string, SignedDocument> Lists, IReadOnlyList<string> Releases, Governed? InForce = null);
