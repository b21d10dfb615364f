namespace Custody.LocalRuntime.Tests.Surface;

/// <summary>The public API of the official packages, as the list beside this file names it.</summary>
internal static class OfficialApi
{
    private static readonly HashSet<string> Lines = Read();

    /// <summary>What the types show in public that the official ones do not.</summary>
    public static IReadOnlyList<string> Unofficial(IEnumerable<Type> types) => [.. types.SelectMany(ApiLines.Of).Where(line => !Lines.Contains(line))];

    private static HashSet<string> Read()
    {
        using var stream = typeof(OfficialApi).Assembly.GetManifestResourceStream("official-api.txt")!;
        using var reader = new StreamReader(stream);
        // A type's line ends in the name of its assembly, which here is always the local runtime's.
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Split("  [")[0].TrimEnd())];
    }
}
