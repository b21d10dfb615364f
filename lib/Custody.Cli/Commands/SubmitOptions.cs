using System.CommandLine;
using Custody.Cli.CommandLine;

namespace Custody.Cli.Commands;

/// <summary>The options of <c>custody submit</c>.</summary>
internal sealed class SubmitOptions
{
    public Option<string> Customer { get; } = Required("--customer", "The exchange's customer.", "ID");

    public Option<string> Asset { get; } = Required("--asset", "CAIP-19, or the symbol of a governed asset.", "ASSET");

    public Option<string> Amount { get; } = Required("--amount", "Base units, or with a unit: '1.5 ETH'.", "AMOUNT");

    public Option<string> Entry { get; } = Required("--entry", "The whitelist entry that names the destination.", "ID");

    public Option<string> RequestId { get; } = Optional("--request-id", "The exchange's own identifier; made up when absent.", "ID");

    public Option<string> Destination { get; } = Optional("--destination", "Must equal the entry's address.", "ADDRESS");

    public Option<string> MaxFee { get; } = Optional("--max-fee", "The most the transaction may pay in fees.", "AMOUNT");

    public Option<TimeSpan> ExpiresIn { get; } = DurationOption.Create("--expires-in", "From then on nothing is signed for it.", TimeSpan.FromHours(1));

    /// <summary>Adds them to the command.</summary>
    public Command AddTo(Command command)
    {
        foreach (var option in new Option[] { Customer, Asset, Amount, Entry, RequestId, Destination, MaxFee, ExpiresIn })
        {
            command.Add(option);
        }

        return command;
    }

    private static Option<string> Required(string name, string description, string value) => new(name) { Description = description, Required = true, HelpName = value };

    private static Option<string> Optional(string name, string description, string value) => new(name) { Description = description, HelpName = value };
}
