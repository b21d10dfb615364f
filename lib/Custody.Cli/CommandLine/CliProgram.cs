using System.CommandLine;
using Custody.Cli.Commands;
using Custody.Cli.Outcomes;

namespace Custody.Cli.CommandLine;

/// <summary>The command line as a whole.</summary>
internal static class CliProgram
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliEnvironment environment, CancellationToken cancellation)
    {
        var parsed = Root(environment).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            return OutcomeWriter.Write(new CliOutcome.Usage(Sentence(parsed)), arguments.Contains(GlobalOptions.Json), environment);
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration { Output = environment.Output, Error = environment.Error, EnableDefaultExceptionHandler = false }, cancellation);
    }

    private static string Sentence(ParseResult parsed)
    {
        var path = new List<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
        {
            path.Insert(0, command.Command is RootCommand ? "custody" : command.Command.Name);
        }

        var problem = parsed.UnmatchedTokens is [var stranger, ..] ? $"'{stranger}' is neither a command nor an option here" : parsed.Errors[0].Message;
        var message = string.Join(' ', problem.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"{message.TrimEnd('.')}. See '{string.Join(' ', path)} --help'.";
    }

    private static RootCommand Root(CliEnvironment environment)
    {
        var root = new RootCommand("Custody: withdrawals are approved before they are signed, and compared before they are sent.");
        foreach (var option in GlobalOptions.Create())
        {
            root.Add(option);
        }

        foreach (var command in Commands(environment))
        {
            root.Add(command);
        }

        return root;
    }

    private static IEnumerable<Command> Commands(CliEnvironment environment) =>
    [
        InitCommand.Create(environment),
        SubmitCommand.Create(environment),
        ShowCommand.Create(environment),
        ListCommand.Create(environment),
        VoteCommand.Approve(environment),
        VoteCommand.Reject(environment),
        WhitelistCommand.Create(environment),
        WithdrawVoteCommand.Create(environment),
        CancelCommand.Create(environment),
        ResolveCommand.Create(environment),
        FreezeCommand.Create(environment),
        ThawCommand.Create(environment),
        FeeBumpCommand.Create(environment),
        MaintenanceCommand.Create(environment),
        RestoreCommand.Create(environment),
        FreezesCommand.Create(environment),
        ConfirmVideoCommand.Create(environment),
        DeviceCommand.Create(environment),
        DrillCommand.Create(environment),
        AlertsCommand.Create(environment),
        DepositsCommand.Create(environment),
        SanctionsCommand.Create(environment),
        ScreeningCommand.Create(environment),
        ReportsCommand.Create(environment),
        AuditCommand.Create(environment),
        GovernanceCommand.Create(environment),
        PolicyCommand.Create(environment),
        PricesCommand.Create(environment),
        VaultCommand.Create(environment),
        RolesCommand.Create(environment),
        TokenCommand.Create(environment),
        SignRequestCommand.Create(environment),
    ];
}
