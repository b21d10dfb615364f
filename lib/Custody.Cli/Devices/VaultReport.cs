using System.Text.Json.Nodes;
using Custody.Cli.Terminal;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Vaults;
using Custody.Vaults.Gate;
using Custody.Vaults.ManagedHsm;
using Custody.Vaults.Pkcs11;
using Spectre.Console;

namespace Custody.Cli.Devices;

/// <summary>What governance registers of a vault and what its device says, for people and for scripts.</summary>
internal static class VaultReport
{
    public static JsonObject Registration(VaultRegistration vault) => new()
    {
        ["id"] = vault.Id,
        ["purposes"] = KeysPage.Purposes(KeysPage.Of(vault)),
        ["chain"] = vault.Chain.ToString(),
        ["tier"] = Tier(vault),
        ["state"] = State(vault),
        ["provider"] = Provider(vault),
        ["keyId"] = vault.KeyId,
        ["pinnedVersion"] = ManagedHsmOptions.HsmOf(vault.KeyId) is null ? null : vault.KeyId.Split('/')[^1],
        ["publicKey"] = vault.PublicKey,
        ["address"] = Address(vault),
        ["firmware"] = new JsonArray([.. (vault.Firmware ?? []).Select(f => JsonValue.Create(f))]),
    };

    public static JsonObject Device(DeviceReading reading) => new()
    {
        ["signs"] = reading.Verdict.IsAllowed,
        ["code"] = reading.Verdict.IsAllowed ? null : reading.Verdict.Code.Text(),
        ["detail"] = reading.Verdict.IsAllowed ? null : reading.Verdict.Detail,
        ["key"] = reading.Facts is { } facts ? Key(facts) : null,
        ["token"] = reading.Token is { } token ? Token(token) : null,
        ["attestation"] = reading.Attestation is { } attestation ? Attestation(attestation) : null,
    };

    public static JsonObject Proof(KeyProof proof) => new()
    {
        ["at"] = Core.Encoding.InstantJsonConverter.Format(proof.At),
        ["challenge"] = proof.Challenge is { } challenge ? Convert.ToHexStringLower(challenge) : null,
        ["signature"] = proof.Signature is { } signature ? Convert.ToHexStringLower(signature) : null,
    };

    public static void Paint(IAnsiConsole console, VaultRegistration vault, DeviceReading? reading)
    {
        console.MarkupLine(Theme.Strong($"Vault {vault.Id}"));
        Facts.Write(
            console,
            ("Signs", $"{KeysPage.Text(KeysPage.Of(vault))} on {vault.Chain}, {Tier(vault)}"),
            ("State", State(vault)),
            ("Address", Address(vault)),
            ("Public key", vault.PublicKey),
            ("Provider", Provider(vault)),
            ("Key", vault.KeyId),
            ("May run", vault.Firmware is { Count: > 0 } firmware ? string.Join(", ", firmware) : "nothing: it does not sign"));
        if (reading is not null)
        {
            Paint(console, reading);
        }
    }

    public static string Provider(VaultRegistration vault) => ManagedHsmOptions.HsmOf(vault.KeyId) is null ? "pkcs11" : "managed-hsm";

    public static string State(VaultRegistration vault) => Camel(vault.KeyState().ToString());

    public static string Tier(VaultRegistration vault) => Camel(vault.Tier.ToString());

    /// <summary>Derived from the public key here and now, and read from nowhere.</summary>
    public static string? Address(VaultRegistration vault) => vault.Chain.IsEvm ? vault.EvmAddress().ToString() : null;

    private static void Paint(IAnsiConsole console, DeviceReading reading)
    {
        console.MarkupLine(Theme.Strong("Its device"));
        Facts.WriteMarkup(
            console,
            [
                ("Signs", reading.Verdict.IsAllowed ? Theme.Good("yes") : $"{Theme.Bad("no")}: {Theme.Text(reading.Verdict.Detail)}"),
                ("Runs", Text(reading.Facts?.Firmware)),
                ("Label", Text(reading.Facts?.Label)),
                ("Public key", reading.Facts is { } facts ? Text(Core.Signatures.StrictBase64Url.Encode(facts.PublicKey)) : null),
                ("Token", reading.Token is { } token ? Theme.Text($"{token.Label}, serial {token.Serial}") : null),
                ("Made by", reading.Token is { } made ? Theme.Text($"{made.Manufacturer}, model {made.Model}") : null),
                ("Attested", reading.Attestation is { } attested
                    ? Theme.Text($"version {attested.Version ?? "not told"}, {attested.Certificates.Count} certificates; not verified here, --json has it whole") : null),
                .. (reading.Attestation?.Certificates ?? []).Select(c => ("Certificate", (string?)Theme.Text($"{c.Subject}, by {c.Issuer}, until {Core.Encoding.InstantJsonConverter.Format(c.NotAfter)}, SHA-256 {c.Sha256}"))),
                ("Versions", reading.Token is { } versions ? Theme.Text($"firmware {versions.FirmwareVersion}, hardware {versions.HardwareVersion}") : null),
            ]);

        static string? Text(string? value) => value is null ? null : Theme.Text(value);
    }

    private static JsonObject Key(VaultKeyFacts facts) => new()
    {
        ["label"] = facts.Label,
        ["publicKey"] = Core.Signatures.StrictBase64Url.Encode(facts.PublicKey),
        ["firmware"] = facts.Firmware,
        ["sensitive"] = facts.Sensitive,
        ["neverExtractable"] = facts.NeverExtractable,
        ["generatedInside"] = facts.GeneratedInside,
        ["modifiable"] = facts.Modifiable,
        ["signOnly"] = facts.SignOnly,
    };

    private static JsonObject Token(Pkcs11TokenFacts token) => new()
    {
        ["label"] = token.Label,
        ["serial"] = token.Serial,
        ["manufacturer"] = token.Manufacturer,
        ["model"] = token.Model,
        ["firmwareVersion"] = token.FirmwareVersion,
        ["hardwareVersion"] = token.HardwareVersion,
    };

    private static JsonObject Attestation(ManagedHsmAttestation attestation) => new()
    {
        ["version"] = attestation.Version,
        ["certificates"] = new JsonArray([.. attestation.Certificates.Select(c => new JsonObject
        {
            ["subject"] = c.Subject,
            ["issuer"] = c.Issuer,
            ["serialNumber"] = c.SerialNumber,
            ["notBefore"] = Core.Encoding.InstantJsonConverter.Format(c.NotBefore),
            ["notAfter"] = Core.Encoding.InstantJsonConverter.Format(c.NotAfter),
            ["sha256"] = c.Sha256,
        })]),
        ["privateKey"] = attestation.PrivateKey,
        ["publicKey"] = attestation.PublicKey,
    };

    private static string Camel(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
