using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Core.Screening;

/// <summary>The outcome of verifying an import: list, operator and signature only when the verdict allows.</summary>
/// <param name="Verdict">Whether this operator may vouch for this list now.</param>
/// <param name="List">The list.</param>
/// <param name="Operator">Who signed.</param>
public readonly record struct SanctionsImportReading(Verdict Verdict, SanctionsList? List, Operator? Operator);
