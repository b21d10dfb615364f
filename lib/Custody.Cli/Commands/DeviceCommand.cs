using System.CommandLine;
using System.Globalization;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Operators;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody device</c>: a WebAuthn credential's registration, the suspended devices, and one operator's half of a reinstatement.</summary>
internal static class DeviceCommand
{
    private const int Accepted = 202;

    public static Command Create(CliEnvironment environment) =>
        new("device", "Register an authenticator, see which devices are suspended, and let one vote again.")
        {
            DeviceRegistration.Challenge(environment), DeviceRegistration.Register(environment), Suspended(environment), Reinstate(environment),
        };

    private static Command Suspended(CliEnvironment environment) => new Command("suspended", "List the suspended devices.")
        .Runs(environment, [ProfileKind.Operator], async (_, session, cancellation) =>
            (await session.Api.GetAsync("devices/suspensions", cancellation)).OfRead().Stops(out var stop, out var answer)
                ? stop
                : new CliOutcome.Done(answer.Document(), console => Paint(console, answer)));

    private static Command Reinstate(CliEnvironment environment)
    {
        var device = DeviceArgument.Create("APPROVER/DEVICE, as 'custody device suspended' lists it.");
        var reason = ReasonOption.Create();
        var expires = DurationOption.Create("--expires-in", "How long your signature waits for the second operator's.", TimeSpan.FromDays(1));
        return new Command("reinstate", "Sign one half of a suspension's end; two operators make one.") { device, reason, expires }
            .Runs(environment, [ProfileKind.Operator], async (context, session, cancellation) =>
            {
                if ((await session.Api.GetAsync("devices/suspensions", cancellation)).OfRead().Stops(out var stop, out var suspensions))
                {
                    return stop;
                }

                var named = context.Value(device);
                var suspension = suspensions.Items().FirstOrDefault(s => AnsweredBody.Text(s, "device") == named);
                if (named.Split('/') is not [var approver, var id]
                    || !long.TryParse(AnsweredBody.Text(suspension, "sequence"), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
                {
                    return CliOutcome.Refused.Because(
                        RefusalCode.DeviceNotSuspended.Text(), "There is no such suspension.", $"{named} is not suspended; 'custody device suspended' lists what is.");
                }

                var statement = new ReinstatementStatement(
                    1, approver, id, sequence, session.Profile.Id, context.Value(reason)!, context.Now, context.Now + context.Value(expires));
                var compact = await session.SignAsync(DocumentType.Reinstatement, statement, context.Now, cancellation);
                return (await session.Api.PostSignedAsync("devices/reinstatements", compact, cancellation)).OfWrite("'custody device suspended' tells.").Stops(out stop, out var answer)
                    ? stop
                    : new CliOutcome.Done(answer.Document(), console => console.MarkupLine(answer.Status == Accepted
                        ? $"{Theme.Attention("…")} Signed the reinstatement of {Theme.Text(named)}; a second operator must sign it too."
                        : $"{Theme.Good("✓")} Reinstated: {Theme.Text(named)}."));
            });
    }

    private static void Paint(IAnsiConsole console, AnsweredBody answer)
    {
        if (answer.Items() is not { Count: > 0 } items)
        {
            console.MarkupLine(Theme.Quiet("No device is suspended."));
            return;
        }

        var table = Tables.Create("device", "line", "since", "reason");
        foreach (var item in items)
        {
            table.Row(
                Theme.Attention(AnsweredBody.Text(item, "device")),
                Theme.Text(AnsweredBody.Text(item, "sequence")),
                Theme.Text(AnsweredBody.Text(item, "at")),
                Theme.Text(AnsweredBody.Text(item, "reason")));
        }

        console.Write(table);
    }
}
