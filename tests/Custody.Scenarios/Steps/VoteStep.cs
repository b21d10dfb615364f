using System.Text.Json.Nodes;
using Custody.Scenarios.Documents;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>Posts an approver's signed vote.</summary>
internal abstract record VoteStep : HttpStep
{
    public required string Withdrawal { get; init; }

    /// <summary>The approver.</summary>
    public required string Who { get; init; }

    /// <summary>Members of the statement that differ from the usual ones.</summary>
    public JsonObject? Statement { get; init; }

    /// <summary>How the statement's signature differs.</summary>
    public SignOptions? Sign { get; init; }

    /// <summary>The approver votes with their authenticator.</summary>
    public AuthenticatorOptions? WebAuthn { get; init; }

    /// <summary>A vote as <c>signVote</c> made it, in place of a new one.</summary>
    public string? Compact { get; init; }

    protected abstract string Decision { get; }

    protected override async Task<Answer> CallAsync(World world, CancellationToken cancellation) => await world.Api.PostSignedAsync(
        $"withdrawals/{world.Id(Withdrawal)}/approvals",
        Compact ?? await new Statements(world).VoteAsync(Withdrawal, Decision, Who, Statement, Sign, WebAuthn, cancellation),
        Who,
        Token,
        cancellation);
}
