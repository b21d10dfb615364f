using Custody.Core.Results;

namespace Custody.Core.Screening;

/// <summary>The outcome of verifying a sanctions list: the list only when the verdict allows.</summary>
/// <param name="Verdict">Whether it may be screened against.</param>
/// <param name="List">The list, when it may.</param>
public readonly record struct SanctionsListReading(Verdict Verdict, SanctionsList? List);
