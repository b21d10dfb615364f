using System.Text.Json;
using Custody.Core.Encoding;

namespace Custody.Cli.Initialisation.Plan;

/// <summary>Reads a plan strictly: no unknown, duplicate or missing member.</summary>
public static class PlanReader
{
    /// <summary>Reads the JSON.</summary>
    public static PlanReading Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var plan = CanonicalJson.DeserializeLoose<InitialisationPlan>(json);
            return PlanRules.Problem(plan) is { } problem ? new PlanReading.Malformed(problem) : new PlanReading.Read(plan);
        }
        catch (JsonException malformed)
        {
            var path = (malformed.Path ?? "").TrimStart('$', '.');
            var cut = malformed.Message.IndexOf(" Path:", StringComparison.Ordinal);
            var message = (cut < 0 ? malformed.Message : malformed.Message[..cut]).TrimEnd('.');
            return new PlanReading.Malformed(path.Length == 0 ? $"The plan is malformed: {message}." : $"The plan's {path} is malformed: {message}.");
        }
    }
}
