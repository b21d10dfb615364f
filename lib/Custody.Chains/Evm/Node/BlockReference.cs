using System.Globalization;

namespace Custody.Chains.Evm;

/// <summary>Which block a question is about: a number, or one of the node's tags. The default value is the genesis block.</summary>
public readonly record struct BlockReference
{
    private readonly string? _tag;
    private readonly ulong _number;

    private BlockReference(string tag) => _tag = tag;

    private BlockReference(ulong number) => _number = number;

    /// <summary>The newest block the node has.</summary>
    public static BlockReference Latest { get; } = new("latest");

    /// <summary>The newest block that is unlikely to be reorganised.</summary>
    public static BlockReference Safe { get; } = new("safe");

    /// <summary>The newest block that consensus has finalised.</summary>
    public static BlockReference Finalized { get; } = new("finalized");

    /// <summary>The newest block and what waits in the node's pool.</summary>
    public static BlockReference Pending { get; } = new("pending");

    /// <summary>The number asked for; null for a tag.</summary>
    public ulong? Number => _tag is null ? _number : null;

    /// <summary>The block at a height.</summary>
    public static BlockReference At(ulong number) => new(number);

    /// <summary>The JSON-RPC parameter.</summary>
    public override string ToString() => _tag ?? string.Create(CultureInfo.InvariantCulture, $"0x{_number:x}");
}
