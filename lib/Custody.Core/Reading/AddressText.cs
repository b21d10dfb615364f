namespace Custody.Core.Reading;

/// <summary>Addresses as people compare them.</summary>
public static class AddressText
{
    private const int Group = 4;

    /// <summary>The address in groups of four, a leading <c>0x</c> apart: <c>0x 7099 7970 …</c>.</summary>
    public static string Grouped(string address)
    {
        var hex = address.StartsWith("0x", StringComparison.Ordinal);
        var groups = (hex ? address[2..] : address).Chunk(Group).Select(characters => new string(characters));
        return string.Join(' ', hex ? groups.Prepend("0x") : groups);
    }

    /// <summary>What a person types to show that the address was read: its last four characters.</summary>
    public static string Confirmation(string address) => address.Length <= Group ? address : address[^Group..];

    /// <summary>A group of four from the middle, and its number from 1: what a person types where addresses that look alike are told apart, which share their ends.</summary>
    public static (string Text, int Number) MiddleGroup(string address)
    {
        var groups = Grouped(address).Split(' ').Where(g => g != "0x").ToList();
        return (groups[groups.Count / 2], (groups.Count / 2) + 1);
    }
}
