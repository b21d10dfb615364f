using System.Text.Json;
using Custody.Testing;

namespace Custody.Chains.Tests.Bitcoin;

/// <summary>Published vectors (Vectors/README.md names the sources).</summary>
internal static class VectorFile
{
    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(RepositoryRoot.Of("tests", "Custody.Chains.Tests", "Bitcoin", "Vectors", name)));
        return document.RootElement.Clone();
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static byte[] Hex(this JsonElement element, string name) => Convert.FromHexString(element.Text(name));
}
