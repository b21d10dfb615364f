using System.CommandLine;
using System.Text.Json.Nodes;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Devices;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Vaults.Gate;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody vault</c>: the vaults' keys as governance registers them, verified from the pinned root, and what their devices say.</summary>
internal static class VaultCommand
{
    public static Command Create(CliEnvironment environment) =>
        new("vault", "The vaults' keys: what governance registers, and what the devices say.") { List(environment), Show(environment), VaultGenerateCommand.Create(environment), Verify(environment) };

    private static Command List(CliEnvironment environment)
    {
        var devices = new DeviceOptions();
        return devices.AddSettingsTo(new Command("list", "List the governed vaults, ask the devices that the settings name, and list every other governed key."))
            .Runs(environment, ProfileKinds.All, async (context, session, cancellation) =>
            {
                if (devices.Places(context).Stops(out var stop, out var places)
                    || (await GovernanceReader.ReadAsync(session, context.Now, cancellation)).Stops(out stop, out var governed))
                {
                    return stop;
                }

                var readings = new List<(VaultRegistration Vault, DeviceReading? Reading)>();
                foreach (var vault in governed.Document.Vaults)
                {
                    readings.Add((vault, places.GetValueOrDefault(vault.Id) is { } place
                        ? await DeviceReading.OfAsync(vault, place, governed.TrustRoot, environment, cancellation)
                        : null));
                }

                return new CliOutcome.Done(
                    new JsonObject
                    {
                        ["items"] = new JsonArray([.. readings.Select(r => Document(r.Vault, r.Reading))]),
                        ["keys"] = KeysPage.Document(governed.Document),
                    },
                    console =>
                    {
                        Paint(console, readings);
                        KeysPage.Paint(console, governed.Document);
                    });
            });
    }

    private static Command Show(CliEnvironment environment)
    {
        var id = VaultArgument();
        var devices = new DeviceOptions();
        return devices.AddTokenTo(devices.AddSettingsTo(new Command("show", "Show a vault's key, and everything that its device says of it and of itself.") { id }))
            .Runs(environment, ProfileKinds.All, async (context, session, cancellation) =>
            {
                if ((await FindAsync(context, session, context.Value(id), cancellation)).Stops(out var stop, out var found)
                    || devices.Place(context, found.Vault.Id).Stops(out stop, out var place))
                {
                    return stop;
                }

                var reading = await DeviceReading.OfAsync(found.Vault, place, found.Governed.TrustRoot, environment, cancellation, whole: true);
                return new CliOutcome.Done(Document(found.Vault, reading), console => VaultReport.Paint(console, found.Vault, reading));
            });
    }

    private static Command Verify(CliEnvironment environment)
    {
        var id = VaultArgument();
        var devices = new DeviceOptions();
        return devices.AddTokenTo(devices.AddSettingsTo(new Command("verify", "Have a vault's device sign a challenge, and verify it under the governed key.") { id }))
            .Runs(environment, ProfileKinds.All, async (context, session, cancellation) =>
            {
                if ((await FindAsync(context, session, context.Value(id), cancellation)).Stops(out var stop, out var found)
                    || devices.Place(context, found.Vault.Id).Stops(out stop, out var place))
                {
                    return stop;
                }

                await using var device = OpenedDevice.Open(place, environment);
                var proof = await KeyControl.ProveAsync(device.Vault, found.Vault, found.Governed.TrustRoot, environment.Time, cancellation);
                var reading = new DeviceReading(Verdict.All(() => KeyStateRule.Check(found.Vault), () => proof.Verdict), proof.Facts, await device.TokenAsync(cancellation), await device.AttestationAsync(found.Vault.KeyId, cancellation));
                var document = Document(found.Vault, reading);
                document["proof"] = VaultReport.Proof(proof);
                return proof.Verdict.IsAllowed
                    ? new CliOutcome.Done(document, console =>
                    {
                        VaultReport.Paint(console, found.Vault, reading);
                        console.MarkupLine($"{Theme.Good("✓")} The device holds the governed key: its signature over {Theme.Text(Convert.ToHexStringLower(proof.Challenge!))} verifies.");
                    })
                    : CliOutcome.Refused.Because(
                        proof.Verdict.Code.Text(), $"The device of the vault '{found.Vault.Id}' did not prove that it holds the governed key.", proof.Verdict.Detail, ("vault", document));
            });
    }

    private static Argument<string> VaultArgument() => new("VAULT") { Description = "The vault's id, as 'custody vault list' shows it." };

    private static async Task<Step<FoundVault>> FindAsync(CommandContext context, Session session, string id, CancellationToken cancellation) =>
        (await GovernanceReader.ReadAsync(session, context.Now, cancellation)).Stops(out var stop, out var governed) ? stop
        : governed.Vault(id) is { } vault ? new FoundVault(vault, governed)
        : CliOutcome.Refused.Because(RefusalCode.NotFound.Text(), "There is no such vault.", $"Governance version {governed.Document.Version} registers no vault '{id}'.");

    private static JsonObject Document(VaultRegistration vault, DeviceReading? reading)
    {
        var document = VaultReport.Registration(vault);
        document["device"] = reading is null ? null : VaultReport.Device(reading);
        return document;
    }

    private static void Paint(IAnsiConsole console, IReadOnlyList<(VaultRegistration Vault, DeviceReading? Reading)> readings)
    {
        var table = Tables.Create("vault", "purposes", "chain", "tier", "state", "provider", "address", "device");
        foreach (var (vault, reading) in readings)
        {
            table.Row(
                Theme.Text(vault.Id), Theme.Text(KeysPage.Text(KeysPage.Of(vault))), Theme.Text(vault.Chain.ToString()), Theme.Text(VaultReport.Tier(vault)), Theme.Text(VaultReport.State(vault)),
                Theme.Text(VaultReport.Provider(vault)), Theme.Text(VaultReport.Address(vault)),
                reading is null ? Theme.Quiet("not asked") : reading.Verdict.IsAllowed ? Theme.Good("signs") : Theme.Bad(reading.Verdict.Code.Text()));
        }

        console.Write(table);
    }

    private sealed record FoundVault(VaultRegistration Vault, Governed Governed);
}
