using Custody.Core.Results;

namespace Custody.Core.Screening;

/// <summary>A screener's answer. There is no answer that is clear by default: null, and whatever is none of these, must be refused.</summary>
public abstract record ScreeningResult
{
    private ScreeningResult()
    {
    }

    /// <summary>It was looked for everywhere that governance asks for, and not found.</summary>
    public sealed record Clear : ScreeningResult;

    /// <summary>It was found.</summary>
    /// <param name="Hits">Where; never empty.</param>
    public sealed record Hit(IReadOnlyList<ScreeningHit> Hits) : ScreeningResult;

    /// <summary>There is no answer: never a pass.</summary>
    /// <param name="Code">Why.</param>
    /// <param name="Detail">One sentence.</param>
    public sealed record Unavailable(RefusalCode Code, string Detail) : ScreeningResult;
}
