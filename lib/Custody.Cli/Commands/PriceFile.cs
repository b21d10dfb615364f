using System.Text.Json;
using Custody.Cli.Outcomes;
using Custody.Core.Encoding;
using Custody.Core.Prices;
using Custody.Core.Signatures;

namespace Custody.Cli.Commands;

/// <summary>A price that one source signed and wrote to a file for a second one.</summary>
/// <param name="Entry">The price.</param>
/// <param name="Signatures">What is under it.</param>
internal sealed record PriceFile(PriceEntry Entry, IReadOnlyList<string> Signatures)
{
    /// <summary>Reads it. Whoever signs it says for themselves what the price is: a file that says anything else is not signed.</summary>
    public static Step<PriceFile> Read(string path, PriceEntry own)
    {
        if (!File.Exists(path))
        {
            return new CliOutcome.Usage($"There is no file '{path}'; 'custody prices post --to' writes one.");
        }

        try
        {
            var signed = SignedDocument.FromBytes(File.ReadAllBytes(path));
            var entry = CanonicalJson.Deserialize<PriceEntry>(signed.PayloadBytes());
            return entry.Version == own.Version && entry.Asset == own.Asset && entry.Currency == own.Currency && entry.Scaled() == own.Scaled()
                ? new PriceFile(entry, signed.Signatures)
                : new CliOutcome.Usage($"'{path}' holds another price than the one that you gave; nothing was signed.");
        }
        catch (JsonException problem)
        {
            return new CliOutcome.Usage($"'{path}' holds no signed price: {problem.Message}");
        }
    }
}
