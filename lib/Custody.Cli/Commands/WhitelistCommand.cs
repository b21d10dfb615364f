using System.CommandLine;

namespace Custody.Cli.Commands;

/// <summary><c>custody whitelist</c>: where money may go.</summary>
internal static class WhitelistCommand
{
    public static Command Create(CliEnvironment environment) => new("whitelist", "Propose, read, sign, suspend and end whitelist entries.")
    {
        EntryProposeCommand.Create(environment),
        EntryImportCommand.Sign(environment),
        EntryImportCommand.Create(environment),
        EntryShowCommands.List(environment),
        EntryShowCommands.Show(environment),
        EntrySignCommands.Approve(environment),
        EntrySignCommands.Reject(environment),
        EntrySignCommands.Reinstate(environment),
        EntryStopCommands.Suspend(environment),
        EntryStopCommands.Tombstone(environment),
    };
}
