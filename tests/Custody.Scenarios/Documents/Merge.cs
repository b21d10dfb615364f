using System.Text.Json.Nodes;

namespace Custody.Scenarios.Documents;

/// <summary>Puts a script's own members over a document's usual ones; null removes a member.</summary>
internal static class Merge
{
    public static JsonObject Over(JsonObject usual, JsonObject? own)
    {
        foreach (var (name, value) in own ?? [])
        {
            if (value is null)
            {
                usual.Remove(name);
            }
            else
            {
                usual[name] = value.DeepClone();
            }
        }

        return usual;
    }
}
