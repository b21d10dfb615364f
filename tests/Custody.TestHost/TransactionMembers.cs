namespace Custody.TestHost;

/// <summary>The members of an unsigned EIP-1559 transaction, each as its own RLP, to be changed and joined again.</summary>
internal static class TransactionMembers
{
    public const int ChainId = 0;
    public const int To = 5;
    public const int Value = 6;
    public const int Data = 7;
    public const int AccessList = 8;

    /// <summary>The members in their order.</summary>
    public static List<byte[]> Of(byte[] unsigned)
    {
        var members = new List<byte[]>();
        for (var rest = unsigned.AsSpan(1 + HeaderOf(unsigned.AsSpan(1)).Header); rest.Length > 0;)
        {
            var (header, content) = HeaderOf(rest);
            members.Add(rest[..(header + content)].ToArray());
            rest = rest[(header + content)..];
        }

        return members;
    }

    /// <summary>The transaction of these members.</summary>
    public static byte[] Join(IEnumerable<byte[]> members) => [2, .. List([.. members])];

    /// <summary>What a byte string holds.</summary>
    public static byte[] Content(byte[] item) => item[HeaderOf(item).Header..];

    /// <summary>A byte string.</summary>
    public static byte[] Text(byte[] content) => content is [< 0x80] ? content : [.. Header(0x80, content.Length), .. content];

    /// <summary>A list of items.</summary>
    public static byte[] List(params byte[][] items)
    {
        byte[] content = [.. items.SelectMany(i => i)];
        return [.. Header(0xc0, content.Length), .. content];
    }

    private static byte[] Header(int of, int length) => length switch
    {
        < 56 => [(byte)(of + length)],
        < 256 => [(byte)(of + 56), (byte)length],
        _ => [(byte)(of + 57), (byte)(length >> 8), (byte)length],
    };

    private static (int Header, int Content) HeaderOf(ReadOnlySpan<byte> item)
    {
        var of = item[0] < 0xc0 ? 0x80 : 0xc0;
        return item[0] < 0x80 ? (0, 1)
            : item[0] - of < 56 ? (1, item[0] - of)
            : item[0] - of == 56 ? (2, item[1])
            : (3, (item[1] << 8) | item[2]);
    }
}
