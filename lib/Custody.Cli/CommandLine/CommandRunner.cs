using System.CommandLine;
using Custody.Cli.Outcomes;
using Custody.Vaults.Pkcs11;

namespace Custody.Cli.CommandLine;

/// <summary>Carries out a command and writes what it came to.</summary>
internal static class CommandRunner
{
    public static Command Runs(
        this Command command, CliEnvironment environment, Func<CommandContext, CancellationToken, Task<CliOutcome>> handler)
    {
        command.SetAction(async (arguments, cancellation) =>
        {
            var context = new CommandContext(arguments, environment);
            return OutcomeWriter.Write(await RunAsync(context, handler, cancellation), context.Json, environment);
        });
        return command;
    }

    /// <summary>For commands that talk to the API as a caller.</summary>
    public static Command Runs(
        this Command command,
        CliEnvironment environment,
        IReadOnlyList<Homes.ProfileKind> kinds,
        Func<CommandContext, Session, CancellationToken, Task<CliOutcome>> handler) => command.Runs(environment, async (context, cancellation) =>
        {
            if (context.Open(kinds).Stops(out var stop, out var session))
            {
                return stop;
            }

            await using (session)
            {
                return await handler(context, session, cancellation);
            }
        });

    private static async Task<CliOutcome> RunAsync(
        CommandContext context, Func<CommandContext, CancellationToken, Task<CliOutcome>> handler, CancellationToken cancellation)
    {
        try
        {
            return await handler(context, cancellation);
        }
        catch (Pkcs11FaultException fault)
        {
            return CliOutcome.Refused.Because(Codes.SignerUnavailable, "The token did not sign.", fault.Message);
        }
        catch (Exception unusable) when (unusable is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // Reading and writing the home comes before anything is signed.
            return new CliOutcome.Usage($"The home '{context.Home.Path}' cannot be used: {unusable.Message}");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return CliOutcome.Refused.Because(Codes.OutcomeUnknown, "Stopped before it was done.", "What was on its way to the API may have arrived.");
        }
    }
}
