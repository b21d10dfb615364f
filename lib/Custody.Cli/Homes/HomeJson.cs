using System.Text.Encodings.Web;
using System.Text.Json;
using Custody.Core.Encoding;

namespace Custody.Cli.Homes;

/// <summary>How files for people are written: as documents are, but indented. They are read with <see cref="CanonicalJson.DeserializeLoose{T}"/>.</summary>
internal static class HomeJson
{
    public static JsonSerializerOptions Options { get; } = new(CanonicalJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
