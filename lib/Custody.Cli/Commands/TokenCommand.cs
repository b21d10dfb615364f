using System.CommandLine;
using System.Text.Json.Nodes;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Core.Callers;

namespace Custody.Cli.Commands;

/// <summary><c>custody token</c>: a call token for curl.</summary>
internal static class TokenCommand
{
    public static Command Create(CliEnvironment environment) => new Command("token", "Print a call token, which lives five minutes and counts once for a write.")
        .Runs(environment, [ProfileKind.Client, ProfileKind.Approver, ProfileKind.Operator], async (context, session, cancellation) =>
        {
            var token = await session.Api.TokenAsync(cancellation);
            return new CliOutcome.Done(
                new JsonObject { ["token"] = token, ["expiresIn"] = (int)CallTokenRule.MaxLifetime.TotalSeconds },
                _ => context.Environment.Output.WriteLine(token));
        });
}
