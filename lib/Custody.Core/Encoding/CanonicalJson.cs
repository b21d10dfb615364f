using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Custody.Core.Encoding;

/// <summary>
/// The JSON Canonicalization Scheme (RFC 8785) for our documents: members sorted by UTF-16 code units, no white space,
/// minimal escapes, integers only. Reading is strict: duplicate, unknown and missing members and bytes that are not the
/// canonical ones are refused, so that a document has exactly one byte form and one digest.
/// </summary>
public static class CanonicalJson
{
    // 2^53 - 1: beyond it RFC 8785's number form (IEEE 754) would no longer be exact.
    private const long MaxSafeInteger = 9007199254740991;

    /// <summary>How documents are mapped: camelCase, strings for enums and amounts, nothing unknown, nothing missing.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>The canonical bytes of a document.</summary>
    public static byte[] Serialize<T>(T value) => Canonicalize(JsonSerializer.SerializeToNode(value, Options));

    /// <summary>The canonical bytes of a node. Throws <see cref="JsonException"/> for a number that is not a safe integer.</summary>
    public static byte[] Canonicalize(JsonNode? node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(writer, node);
        }

        return Minimal(buffer.ToArray());
    }

    /// <summary>
    /// Reads a document from its canonical bytes. Throws <see cref="JsonException"/> naming what is wrong.
    /// </summary>
    public static T Deserialize<T>(ReadOnlySpan<byte> canonical)
    {
        var value = DeserializeLoose<T>(canonical);
        return canonical.SequenceEqual(Serialize(value))
            ? value
            : throw new JsonException($"The {typeof(T).Name} is not in canonical form (RFC 8785).");
    }

    /// <summary>
    /// Reads a document whose bytes need not be canonical (the exchange's request): still no duplicate, unknown or
    /// missing member. Throws <see cref="JsonException"/> whose Path names the member.
    /// </summary>
    public static T DeserializeLoose<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"The {typeof(T).Name} is null.");

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, value) in members.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                writer.WriteNumberValue(SafeInteger(value));
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                writer.WriteStringValue(value.GetValue<string>());
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    private static long SafeInteger(JsonValue value)
    {
        using var number = JsonDocument.Parse(value.ToJsonString());
        return number.RootElement.TryGetInt64(out var integer) && integer is >= -MaxSafeInteger and <= MaxSafeInteger
            ? integer
            : throw new JsonException($"{value.ToJsonString()} is not an integer within ±(2^53 − 1); amounts are strings.");
    }

    // The relaxed encoder still escapes a few characters that RFC 8785 writes plainly (U+007F to U+009F, U+2028 and such)
    // with upper-case \uXXXX; they are written plainly here. Control characters below U+0020 keep their lower-case escape.
    private static byte[] Minimal(byte[] json)
    {
        if (json.AsSpan().IndexOf("\\u"u8) < 0)
        {
            return json;
        }

        var text = System.Text.Encoding.UTF8.GetString(json);
        var result = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
            }
            else if (text[i + 1] == 'u')
            {
                var code = Convert.ToInt32(text.Substring(i + 2, 4), 16);
                _ = code < 0x20 ? result.Append("\\u").Append(code.ToString("x4", null)) : result.Append((char)code);
                i += 5;
            }
            else
            {
                result.Append(text[i]).Append(text[++i]);
            }
        }

        return System.Text.Encoding.UTF8.GetBytes(result.ToString());
    }

    // Absent and null are one: a nullable member is left out when it is null, so reading must not ask for it.
    private static void LetNullableBeAbsent(JsonTypeInfo type)
    {
        foreach (var member in type.Properties.Where(p => p.AssociatedParameter is { IsNullable: true } || Nullable.GetUnderlyingType(p.PropertyType) is not null))
        {
            member.IsRequired = false;
        }
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            NumberHandling = JsonNumberHandling.Strict,
            MaxDepth = 16,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LetNullableBeAbsent } },
        };
        options.Converters.Add(new BaseUnitsJsonConverter());
        options.Converters.Add(new InstantJsonConverter());
        options.Converters.Add(new EnumTextJsonConverter());
        options.MakeReadOnly();
        return options;
    }
}
