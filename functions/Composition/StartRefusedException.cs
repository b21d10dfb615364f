namespace Custody.Functions.Composition;

/// <summary>The app may not start; the message says why, one line each.</summary>
public sealed class StartRefusedException(IReadOnlyList<string> reasons) : Exception(string.Join(Environment.NewLine, reasons))
{
    /// <summary>Every reason.</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;
}
