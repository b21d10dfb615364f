using System.Text.Json.Serialization;

namespace Custody.Chains.Evm;

/// <summary>
/// How far a chain has been read: the newest blocks followed, oldest first and without a gap, so that a reorganisation shows
/// by its parent hash and is undone down to the last block in common. Persisted by the watcher and moved by ETag.
/// </summary>
public sealed record ChainCursor
{
    /// <summary>How many blocks are kept: well beyond the deepest finality any governed chain uses.</summary>
    public const int Kept = 256;

    /// <summary>From blocks that follow each other, oldest first. Throws <see cref="ArgumentException"/> for any others.</summary>
    [JsonConstructor]
    public ChainCursor(IReadOnlyList<BlockPoint> blocks)
    {
        if (blocks.Count is 0 or > Kept || blocks.Zip(blocks.Skip(1)).Any(pair => pair.Second.Number != pair.First.Number + 1))
        {
            throw new ArgumentException($"A cursor holds 1 to {Kept} blocks whose numbers follow each other.", nameof(blocks));
        }

        Blocks = blocks;
    }

    /// <summary>The blocks, oldest first.</summary>
    public IReadOnlyList<BlockPoint> Blocks { get; }

    /// <summary>The newest block followed.</summary>
    [JsonIgnore]
    public BlockPoint Head => Blocks[^1];

    /// <summary>A cursor that starts after <paramref name="block"/>, which is taken as read.</summary>
    public static ChainCursor StartAt(BlockPoint block) => new([block]);

    /// <summary>The hash followed at a height; null when it is not kept.</summary>
    public string? HashAt(ulong number) => number >= Blocks[0].Number && number <= Head.Number ? Blocks[(int)(number - Blocks[0].Number)].Hash : null;

    /// <summary>The cursor after <paramref name="block"/>.</summary>
    internal ChainCursor Append(BlockPoint block) => new([.. Blocks.Skip(Math.Max(0, Blocks.Count + 1 - Kept)), block]);

    /// <summary>The cursor with <paramref name="number"/> as its newest block again.</summary>
    internal ChainCursor BackTo(ulong number) => new([.. Blocks.Where(b => b.Number <= number)]);
}
