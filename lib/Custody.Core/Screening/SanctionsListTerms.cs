namespace Custody.Core.Screening;

/// <summary>How old a sanctions list may be. One that is older denies, as one that is missing does.</summary>
/// <param name="Source">The list, such as <c>ofac-sdn</c>.</param>
/// <param name="MaxAgeSeconds">Since an operator last vouched that it is the newest.</param>
/// <param name="MaxPublicationAgeSeconds">Since its source published it; longer, since sources publish when there is something new.</param>
public sealed record SanctionsListTerms(string Source, int MaxAgeSeconds, int MaxPublicationAgeSeconds);
