using System.Text.Json.Nodes;
using Custody.Core.Signatures;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>An approver answers a drill as they would a withdrawal, with what its bundle says and without looking.</summary>
internal sealed record AnswerDrillStep : HttpStep
{
    /// <summary>The drill's id.</summary>
    public required string Drill { get; init; }

    public required string Who { get; init; }

    public string Decision { get; init; } = "approve";

    /// <summary>Members that the statement has otherwise.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation)
    {
        var shown = await world.Api.SendAsync(HttpMethod.Get, $"withdrawals/{Drill}/bundle", Who, null, null, "application/json", null, cancellation);
        var intent = StrictBase64Url.TryDecode(shown.Body?["intent"]?.ToString() ?? "", out var bytes) && bytes.Length > 0 ? JsonNode.Parse(bytes) : null;
        var usual = new JsonObject
        {
            ["withdrawalId"] = Drill,
            ["intentDigest"] = shown.Body?["intentDigest"]?.ToString(),
            ["policyVersion"] = intent?["policyVersion"]?.DeepClone() ?? 1,
        };
        foreach (var (name, value) in Statement ?? [])
        {
            usual[name] = value?.DeepClone();
        }

        return await world.Api.PostSignedAsync(
            $"withdrawals/{Drill}/approvals", await new Statements(world).AnswerAsync(Decision, Who, usual, Sign, cancellation), Who, Token, cancellation);
    }
}
