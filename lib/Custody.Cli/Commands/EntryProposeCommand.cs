using System.CommandLine;
using System.Security.Cryptography;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Reading;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody whitelist propose</c>: signs a new entry as the exchange and posts it.</summary>
internal static class EntryProposeCommand
{
    private const int NewlyAccepted = 202;

    public static Command Create(CliEnvironment environment)
    {
        var customer = Required("--customer", "The one customer it serves.", "ID");
        var chain = Required("--chain", "The chain, CAIP-2.", "CHAIN");
        var address = Required("--address", "The destination. A mixed-case checksum must be right; all lower or upper case gets one.", "ADDRESS");
        var label = Required("--label", "For people.", "TEXT");
        var entry = new Option<string>("--entry") { Description = "The entry's id, never used before; made up when absent.", HelpName = "ID" };
        return new Command("propose", "Propose a destination for one customer.") { customer, chain, address, label, entry }
            .Runs(environment, [ProfileKind.Client], async (context, session, cancellation) =>
            {
                if ((await GovernanceReader.ReadAsync(session, context.Now, cancellation)).Stops(out var stop, out var governed))
                {
                    return stop;
                }

                var id = context.Value(entry) ?? $"entry-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
                var composed = EntryComposer.Compose(
                    id, session.Profile.Id, context.Value(customer)!, context.Value(chain)!, context.Value(address)!, context.Value(label)!, context.Now, governed, out var verdict);
                if (composed is null)
                {
                    return CliOutcome.Refused.Because(verdict.Code.Text(), "The entry was not proposed.", verdict.Detail);
                }

                var compact = await session.SignAsync(DocumentType.WhitelistEntry, composed, context.Now, cancellation);
                return (await session.Api.PostSignedAsync("whitelist", compact, cancellation)).OfWrite($"'custody whitelist show {id}' tells.").Stops(out stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console =>
                    {
                        console.MarkupLine($"{Theme.Good("✓")} {(answer.Status == NewlyAccepted ? "Proposed" : "Proposed before")}");
                        Facts.Write(
                            console, ("Entry", answer.Text("id")), ("Status", answer.Text("status")), ("To", AddressText.Grouped(composed.Address)), ("Digest", answer.Text("digest")));
                    });
            });
    }

    private static Option<string> Required(string name, string description, string value) => new(name) { Description = description, Required = true, HelpName = value };
}
