namespace Custody.Core.Screening;

/// <summary>What looks suspicious.</summary>
public enum PatternKind
{
    /// <summary>None.</summary>
    Unknown = 0,

    /// <summary>Several amounts just below the threshold.</summary>
    Structuring,

    /// <summary>The sum is above the governed value.</summary>
    Sum,

    /// <summary>What all assets together are worth is above the governed value.</summary>
    Value,
}
