using System.Text.Encodings.Web;
using System.Text.Json;
using Custody.Cli.Outcomes;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Signatures;

namespace Custody.Cli.Governing;

/// <summary>A governance document in a file: a draft that people edit, or the signed form.</summary>
internal sealed record DraftFile(GovernanceDocument Document, IReadOnlyList<string> Signatures, bool IsSignedForm)
{
    /// <summary>How a draft is written for people.</summary>
    public static JsonSerializerOptions Pretty { get; } = new(CanonicalJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The form that is posted.</summary>
    public SignedDocument Signed => SignedDocument.Of(CanonicalJson.Serialize(Document), Signatures);

    public static Step<DraftFile> Read(string path)
    {
        if (!File.Exists(path))
        {
            return new CliOutcome.Usage($"There is no file '{path}'; 'custody governance draft' writes one.");
        }

        var bytes = File.ReadAllBytes(path);
        try
        {
            using var json = JsonDocument.Parse(bytes);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("payload", out _))
            {
                var signed = CanonicalJson.DeserializeLoose<SignedDocument>(bytes);
                return new DraftFile(CanonicalJson.Deserialize<GovernanceDocument>(signed.PayloadBytes()), signed.Signatures, true);
            }

            return new DraftFile(CanonicalJson.DeserializeLoose<GovernanceDocument>(bytes), [], false);
        }
        catch (JsonException problem)
        {
            return new CliOutcome.Usage($"'{path}' is no governance document: {problem.Message}");
        }
    }
}
