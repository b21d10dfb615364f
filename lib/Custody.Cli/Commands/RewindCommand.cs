using System.CommandLine;
using System.Globalization;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Assets;
using Custody.Core.Maintenance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody maintenance rewind</c>: one operator's half of an order that a chain is read again after a deep reorganisation.</summary>
internal static class RewindCommand
{
    private const int Accepted = 202;

    public static Command Create(CliEnvironment environment)
    {
        var chain = new Option<string>("--chain") { Description = "The chain, CAIP-2.", Required = true, HelpName = "ID" };
        var block = new Option<ulong>("--block") { Description = "The height after which it is read again: the newest block that both branches have.", Required = true, HelpName = "N" };
        var hash = new Option<string>("--hash") { Description = "That block's hash, as your own nodes have it.", Required = true, HelpName = "HASH" };
        var reason = ReasonOption.Create();
        var expires = DurationOption.Create("--expires-in", "How long your signature waits for the second operator's.", TimeSpan.FromDays(1));
        return new Command("rewind", "Sign one half of an order that a chain is read again from an earlier block, where a reorganisation went too deep; two operators make one.") { chain, block, hash, reason, expires }
            .Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
            {
                if (!ChainId.TryParse(context.Value(chain), CultureInfo.InvariantCulture, out var id))
                {
                    return new CliOutcome.Usage($"--chain '{context.Value(chain)}' is no CAIP-2 id such as eip155:1.");
                }

                if ((await session.Api.GetAsync("maintenance/rewinds", cancellation)).OfRead().Stops(out var stop, out var standings))
                {
                    return stop;
                }

                var standing = standings.Items().FirstOrDefault(s => AnsweredBody.Text(s, "chain") == id.ToString());
                if (!ulong.TryParse(AnsweredBody.Text(standing, "block"), NumberStyles.None, CultureInfo.InvariantCulture, out var from) || AnsweredBody.Text(standing, "blockHash") is not { } fromHash)
                {
                    return CliOutcome.Refused.Because(RefusalCode.RewindNotNeeded.Text(), "Nothing is to be read again.", $"{id} is not watched.");
                }

                var statement = new RewindStatement(
                    1, id, from, fromHash, context.Value(block), context.Value(hash)!.ToLowerInvariant(), session.Profile.Id, context.Value(reason)!, context.Now, context.Now + context.Value(expires));
                var compact = await session.SignAsync(DocumentType.Rewind, statement, context.Now, cancellation);
                return (await session.Api.PostSignedAsync("maintenance/rewinds", compact, cancellation)).OfWrite("'custody alerts' tells.").Stops(out stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => console.MarkupLine(answer.Status == Accepted
                        ? $"{Theme.Attention("…")} Signed: {Theme.Text(id.ToString())} is read again after block {statement.Block}; a second operator must sign the same."
                        : $"{Theme.Good("✓")} {Theme.Text(id.ToString())} is read again after block {statement.Block}. 'custody alerts' names the settled payments that are gone."));
            });
    }
}
