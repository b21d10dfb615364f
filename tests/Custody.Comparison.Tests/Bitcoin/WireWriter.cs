namespace Custody.Comparison.Tests.Bitcoin;

/// <summary>Bitcoin's wire format for making test bytes, wrong ones included; written for the tests alone.</summary>
internal static class WireWriter
{
    public static byte[] Four(uint value) => BitConverter.GetBytes(value);

    public static byte[] Eight(long value) => BitConverter.GetBytes(value);

    public static byte[] Size(int value) => value < 253 ? [(byte)value] : [253, .. BitConverter.GetBytes((ushort)value)];

    public static byte[] Text(byte[] content) => [.. Size(content.Length), .. content];

    public static byte[] List(IEnumerable<byte[]> items)
    {
        var all = items.ToList();
        return [.. Size(all.Count), .. all.SelectMany(i => i)];
    }
}
