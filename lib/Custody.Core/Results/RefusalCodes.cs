using System.Collections.Frozen;
using System.Text.Json;

namespace Custody.Core.Results;

/// <summary>The wire form of refusal codes.</summary>
public static class RefusalCodes
{
    private static readonly FrozenDictionary<RefusalCode, string> Texts =
        Enum.GetValues<RefusalCode>().ToFrozenDictionary(c => c, c => JsonNamingPolicy.KebabCaseLower.ConvertName(c.ToString()));

    /// <summary>The kebab-case text, such as <c>whitelist-other-customer</c>.</summary>
    public static string Text(this RefusalCode code) => Texts.TryGetValue(code, out var text) ? text : Texts[RefusalCode.Unspecified];

    /// <summary>The code of a text; null when there is none.</summary>
    public static RefusalCode? Find(string text) => Texts.Where(t => t.Value == text).Select(t => (RefusalCode?)t.Key).FirstOrDefault();
}
