using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Approvals.WebAuthn;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody device challenge</c> and <c>custody device register</c>: an authenticator's way into governance.</summary>
internal static class DeviceRegistration
{
    public static Command Challenge(CliEnvironment environment)
    {
        var device = DeviceArgument.Create("APPROVER/DEVICE that the credential is to be.");
        return new Command("challenge", "Print the challenge with which a browser registers a WebAuthn credential.") { device }
            .Runs(environment, (context, _) =>
            {
                var (approver, id) = Split(context.Value(device));
                var challenge = StrictBase64Url.Encode(RegistrationRule.Challenge(approver, id));
                return Task.FromResult<CliOutcome>(new CliOutcome.Done(new JsonObject { ["challenge"] = challenge }, _ => context.Environment.Output.WriteLine(challenge)));
            });
    }

    public static Command Register(CliEnvironment environment)
    {
        var device = DeviceArgument.Create("APPROVER/DEVICE that the credential was made for.");
        var registration = new Option<string>("--registration") { Description = "The browser's answer (PublicKeyCredential.toJSON).", Required = true, HelpName = "FILE" };
        var terms = new Option<string>("--terms") { Description = "The terms for WebAuthn of a governance document that is not in force yet; absent: those in force.", HelpName = "FILE" };
        return new Command("register", "Verify a WebAuthn credential's attestation and print the device for governance.") { device, registration, terms }
            .Runs(environment, async (context, cancellation) =>
            {
                var path = context.Value(registration)!;
                if (!File.Exists(path) || RegistrationFile.Read(await File.ReadAllBytesAsync(path, cancellation)) is not { } evidence)
                {
                    return new CliOutcome.Usage($"The file '{path}' cannot be read as a browser's registration: id, and response with clientDataJSON and attestationObject.");
                }

                if ((await TermsAsync(context, context.Value(terms), cancellation)).Stops(out var stop, out var governed))
                {
                    return stop;
                }

                var (approver, id) = Split(context.Value(device));
                var (verdict, credential) = RegistrationRule.Check(evidence, RegistrationRule.Challenge(approver, id), governed);
                return credential is null
                    ? CliOutcome.Refused.Because(verdict.Code.Text(), "The credential cannot be registered.", verdict.Detail)
                    : Done(context, approver, new Device(id, RegisteredKey.From($"device-{id}", SignatureAlgorithm.Es256, credential.Point), WebAuthn: evidence), credential.Aaguid);
            });
    }

    private static async Task<Step<WebAuthnTerms>> TermsAsync(CommandContext context, string? file, CancellationToken cancellation)
    {
        if (file is not null)
        {
            try
            {
                return CanonicalJson.DeserializeLoose<WebAuthnTerms>(await File.ReadAllBytesAsync(file, cancellation));
            }
            catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
            {
                return new CliOutcome.Usage($"The file '{file}' cannot be read as terms for WebAuthn: relyingPartyId, origins and models.");
            }
        }

        if (context.Open(ProfileKind.Approver, ProfileKind.Operator).Stops(out var stop, out var session))
        {
            return stop;
        }

        await using (session)
        {
            return (await GovernanceReader.ReadAsync(session, context.Now, cancellation)).Stops(out stop, out var governed) ? stop
                : governed.Document.WebAuthn is { } terms ? terms
                : CliOutcome.Refused.Because(
                    RefusalCode.WebAuthnNotGoverned.Text(), "The credential cannot be registered.", "The governance in force has no terms for WebAuthn; --terms takes those of the next version.");
        }
    }

    private static CliOutcome.Done Done(CommandContext context, string approver, Device device, string aaguid)
    {
        var entry = JsonSerializer.SerializeToNode(device, CanonicalJson.Options);
        return new CliOutcome.Done(
            new JsonObject { ["approver"] = approver, ["aaguid"] = aaguid, ["device"] = entry },
            console =>
            {
                console.MarkupLine($"{Theme.Good("✓")} The model {Theme.Text(aaguid)} is governed and the attestation verifies. The device of {Theme.Text(approver)} for governance:");
                context.Environment.Output.WriteLine(System.Text.Encoding.UTF8.GetString(CanonicalJson.Canonicalize(entry)));
            });
    }

    private static (string Approver, string Device) Split(string named) => named.Split('/') is [var approver, var device]
        ? (approver, device)
        : throw new ArgumentException("is not APPROVER/DEVICE", nameof(named));
}
