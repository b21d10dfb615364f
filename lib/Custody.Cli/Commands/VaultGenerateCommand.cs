using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Cli.CommandLine;
using Custody.Cli.Devices;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Signatures;
using Custody.Core.Vaults;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary>
/// <c>custody vault generate</c>: a vault's key, made inside a token and labelled with the trust root. It prints what governance
/// must register before the key signs anything.
/// </summary>
internal static class VaultGenerateCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var id = new Argument<string>("VAULT") { Description = "The new vault's id." };
        var key = new Option<string>("--key-id") { Description = "The key's id on the token (default vault- and the vault's id).", HelpName = "ID" };
        var chain = new Option<string>("--chain") { Description = "The chain that it pays on, CAIP-2.", Required = true, HelpName = "CHAIN" };
        var tier = new Option<VaultTier>("--tier") { Description = "hot, warm or cold.", Required = true, HelpName = "TIER" };
        var devices = new DeviceOptions();
        return devices.AddTokenTo(new Command("generate", "Generate a vault's key inside a token, and print its registration for a governance draft.") { id, key, chain, tier })
            .Runs(environment, async (context, cancellation) =>
            {
                var vaultId = context.Value(id);
                if (!Identifier.IsValid(vaultId) || !ChainId.TryParse(context.Value(chain), CultureInfo.InvariantCulture, out var chainId) || context.Value(tier) == VaultTier.Unknown)
                {
                    return new CliOutcome.Usage($"A vault needs an id ({Identifier.Form}), a CAIP-2 chain such as eip155:1, and a tier.");
                }

                if (context.Profile(ProfileKinds.All).Stops(out var stop, out var profile) || devices.Token(context).Stops(out stop, out var place))
                {
                    return stop;
                }

                await using var pool = new Pkcs11SessionPool(OpenedDevice.Options(place), environment.Time, NullLogger<Pkcs11SessionPool>.Instance);
                var generator = new Pkcs11KeyGenerator(pool, NullLogger<Pkcs11KeyGenerator>.Instance);
                return await generator.GenerateVaultKeyAsync(context.Value(key) ?? $"vault-{vaultId}", profile.Profile.TrustRoot, cancellation) switch
                {
                    KeyGeneration.Generated { Facts: var facts } => Done(Registration(vaultId, chainId, context.Value(tier), facts)),
                    KeyGeneration.AlreadyThere there => CliOutcome.Refused.Because(
                        Codes.KeyExists, "No key was generated.", $"The token has a key '{there.KeyId}' already; it was left as it is."),
                    KeyGeneration.Faulted faulted => CliOutcome.Refused.Because(Codes.SignerUnavailable, "No key was generated that could sign.", $"{faulted.Fault}: {faulted.Detail}"),
                    _ => throw new InvalidOperationException("Generating a key has no other outcome."),
                };
            });
    }

    private static VaultRegistration Registration(string id, ChainId chain, VaultTier tier, VaultKeyFacts facts) => new(
        id, chain, tier, facts.KeyId, StrictBase64Url.Encode(facts.PublicKey), Firmware: facts.Firmware is { } told ? [told] : null);

    private static CliOutcome.Done Done(VaultRegistration vault)
    {
        var registration = JsonSerializer.SerializeToNode(vault, HomeJson.Options)!;
        return new CliOutcome.Done(
            new JsonObject { ["registration"] = registration, ["address"] = VaultReport.Address(vault) },
            console =>
            {
                console.MarkupLine($"{Theme.Good("✓")} Generated inside the token; it signs nothing before governance registers it:");
                console.Profile.Out.Writer.WriteLine(registration.ToJsonString(HomeJson.Options));
                Facts.Write(console, ("Address", VaultReport.Address(vault)));
            });
    }
}
