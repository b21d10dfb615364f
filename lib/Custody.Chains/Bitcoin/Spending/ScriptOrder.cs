namespace Custody.Chains.Bitcoin;

/// <summary>Scripts by their bytes, as BIP-69 orders outputs of one amount.</summary>
internal sealed class ScriptOrder : IComparer<ReadOnlyMemory<byte>>
{
    public static ScriptOrder Instance { get; } = new();

    public int Compare(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceCompareTo(y.Span);
}
