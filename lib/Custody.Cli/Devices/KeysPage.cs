using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Cli.Terminal;
using Custody.Core.Governance;
using Custody.Core.Keys;
using Custody.Vaults.ManagedHsm;
using Spectre.Console;

namespace Custody.Cli.Devices;

/// <summary>The key registry for people and for scripts.</summary>
internal static class KeysPage
{
    /// <summary>Every governed key.</summary>
    public static JsonArray Document(GovernanceDocument document) => [.. KeyRegistry.Of(document, PlaceOf).Select(k => (JsonNode)new JsonObject
    {
        ["id"] = k.Id,
        ["owner"] = k.Owner,
        ["purposes"] = Purposes(k.Purposes),
        ["chainFamily"] = k.ChainFamily,
        ["publicKey"] = k.PublicKey,
        ["address"] = k.Address,
        ["tier"] = k.Tier is { } tier ? Camel(tier.ToString()) : null,
        ["provider"] = k.Place.Provider,
        ["pinnedVersion"] = k.Place.PinnedVersion,
    })];

    /// <summary>Those that are no vault's.</summary>
    public static void Paint(IAnsiConsole console, GovernanceDocument document)
    {
        console.WriteLine();
        console.MarkupLine(Theme.Strong("Keys that sign documents"));
        var table = Tables.Create("key", "whose", "purpose", "public key");
        foreach (var key in KeyRegistry.Of(document, PlaceOf).Where(k => k.Tier is null))
        {
            table.Row(Theme.Text(key.Id), Theme.Text(key.Owner), Theme.Text(Text(key.Purposes)), Theme.Text(key.PublicKey.Length > 16 ? $"{key.PublicKey[..16]}…" : key.PublicKey));
        }

        console.Write(table);
    }

    /// <summary>What a vault's key signs.</summary>
    public static IReadOnlyList<KeyPurpose> Of(VaultRegistration vault) => KeyRegistry.OfVault(vault, PlaceOf(vault)).Purposes;

    public static JsonArray Purposes(IReadOnlyList<KeyPurpose> purposes) => [.. purposes.Select(p => JsonValue.Create(Camel(p.ToString())))];

    public static string Text(IReadOnlyList<KeyPurpose> purposes) => string.Join(", ", purposes.Select(p => Camel(p.ToString())));

    // A Managed HSM's key is governed by its whole identifier, which pins the version; anything else is a token's.
    private static KeyPlace PlaceOf(VaultRegistration vault) =>
        ManagedHsmOptions.HsmOf(vault.KeyId) is null ? new KeyPlace("pkcs11", null) : new KeyPlace("managed-hsm", vault.KeyId.Split('/')[^1]);

    private static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
