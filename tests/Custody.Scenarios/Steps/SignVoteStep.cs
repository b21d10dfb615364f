using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Signs a vote and keeps it as a variable, for a script that posts it later or writes it into storage.</summary>
internal sealed record SignVoteStep : Step
{
    /// <summary>The variable.</summary>
    public required string As { get; init; }

    public required string Withdrawal { get; init; }

    public required string Who { get; init; }

    public string Decision { get; init; } = "approve";

    public JsonObject? Statement { get; init; }

    public SignOptions? Sign { get; init; }

    /// <summary>The approver votes with their authenticator.</summary>
    public AuthenticatorOptions? WebAuthn { get; init; }

    public override async Task RunAsync(World world, CancellationToken cancellation) =>
        world.Variables.Set(As, await new Statements(world).VoteAsync(Withdrawal, Decision, Who, Statement, Sign, WebAuthn, cancellation));
}
