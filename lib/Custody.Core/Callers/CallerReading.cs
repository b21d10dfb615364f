using Custody.Core.Results;

namespace Custody.Core.Callers;

/// <summary>The outcome of verifying a call token: the caller only when the verdict allows.</summary>
/// <param name="Verdict">Whether the token counts.</param>
/// <param name="Caller">Who calls, when it does.</param>
public readonly record struct CallerReading(Verdict Verdict, Caller? Caller);
