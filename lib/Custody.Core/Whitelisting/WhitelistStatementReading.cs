using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Core.Whitelisting;

/// <summary>The outcome of verifying a statement: statement and signer only when the verdict allows.</summary>
/// <param name="Verdict">Whether it counts.</param>
/// <param name="Statement">The statement, when it does.</param>
/// <param name="Holder">Whose key signed it, when it does.</param>
public readonly record struct WhitelistStatementReading(Verdict Verdict, WhitelistStatement? Statement, KeyHolder? Holder);
