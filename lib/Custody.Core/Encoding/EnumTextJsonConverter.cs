using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Custody.Core.Encoding;

/// <summary>
/// Enums as exactly one text each: the member's own name where it declares one, else camelCase. The framework's converter
/// also reads numbers in strings, any letter case, and lists such as <c>"none, ES256"</c>, which it adds up; here they are refused.
/// </summary>
public sealed class EnumTextJsonConverter : JsonConverterFactory
{
    /// <inheritdoc />
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    /// <inheritdoc />
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly FrozenDictionary<T, string> Texts = Enum.GetValues<T>().ToFrozenDictionary(v => v, TextOf);
        private static readonly FrozenDictionary<string, T> Values = Texts.ToFrozenDictionary(t => t.Value, t => t.Key, StringComparer.Ordinal);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Values.TryGetValue(reader.GetString()!, out var value)
                ? value
                : throw new JsonException($"is not one of {string.Join(", ", Values.Keys.Order(StringComparer.Ordinal))}");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(
            Texts.TryGetValue(value, out var text) ? text : throw new JsonException($"{value} is no member of {typeof(T).Name}."));

        private static string TextOf(T value) =>
            typeof(T).GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
    }
}
