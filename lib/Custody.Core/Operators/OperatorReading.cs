using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Core.Operators;

/// <summary>The outcome of verifying an operator's statement: statement and operator only when the verdict allows.</summary>
/// <param name="Verdict">Whether it counts.</param>
/// <param name="Statement">The statement, when it does.</param>
/// <param name="Operator">Who signed, when it does.</param>
public readonly record struct OperatorReading<T>(Verdict Verdict, T? Statement, Operator? Operator)
    where T : class;
