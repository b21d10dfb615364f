namespace Custody.Chains.Bitcoin;

/// <summary>
/// What a signature covers. The gate signs <see cref="All"/> and nothing else; the others are computed so that the published
/// vectors prove the arithmetic.
/// </summary>
public static class SighashType
{
    /// <summary>Every input and output.</summary>
    public const uint All = 1;

    /// <summary>No output.</summary>
    public const uint None = 2;

    /// <summary>Only the output with the input's own index.</summary>
    public const uint Single = 3;

    /// <summary>With any of them: of the inputs only this one.</summary>
    public const uint AnyoneCanPay = 0x80;

    /// <summary>The bits that say which outputs.</summary>
    internal const uint OutputMask = 0x1f;
}
