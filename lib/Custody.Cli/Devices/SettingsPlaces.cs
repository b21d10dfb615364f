using System.Text.Json;
using Custody.Cli.Outcomes;
using Custody.Vaults.ManagedHsm;

namespace Custody.Cli.Devices;

/// <summary>Which device serves which vault, as the app's settings say it (docs/settings.md).</summary>
internal static class SettingsPlaces
{
    /// <summary>Reads a file in the form of <c>local.settings.json</c>.</summary>
    public static Step<Dictionary<string, VaultPlace>> Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var values = document.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetString() ?? "", StringComparer.OrdinalIgnoreCase);
            var places = new Dictionary<string, VaultPlace>(StringComparer.Ordinal);
            foreach (var (name, id) in values.Where(v => v.Key.StartsWith("Custody__Vaults__", StringComparison.OrdinalIgnoreCase) && v.Key.EndsWith("__Id", StringComparison.OrdinalIgnoreCase)))
            {
                var prefix = name[..^"Id".Length];
                var place = new VaultPlace(Value("Module"), Value("TokenLabel"), Value("TokenSerial"), Value("PinFile"), Uri.TryCreate(Value("ManagedHsm"), UriKind.Absolute, out var hsm) ? hsm : null, Value("Pin"));
                if (!places.TryAdd(id, place) || place is { Module: null, ManagedHsm: null } || (hsm is not null && !ManagedHsmOptions.IsHsm(hsm)))
                {
                    return new CliOutcome.Usage($"The settings '{path}' name the vault '{id}' twice, or no device for it.");
                }

                if (place is { Module: not null } && (place.Pin is null == place.PinFile is null || place.Pin?.TrimStart().StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase) == true))
                {
                    return new CliOutcome.Usage($"The settings '{path}' must give the vault '{id}' either a PinFile or a Pin, and not an unresolved Key Vault reference.");
                }

                string? Value(string member) => values.GetValueOrDefault(prefix + member);
            }

            return places;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new CliOutcome.Usage($"The settings '{path}' cannot be read: {unreadable.Message}");
        }
    }
}
