using System.CommandLine;
using Custody.Cli.CommandLine;
using Custody.Cli.Initialisation;
using Custody.Cli.Outcomes;

namespace Custody.Cli.Devices;

/// <summary>The options that say where a vault's device is: a token by module, label or serial and PIN file, or the app's settings.</summary>
internal sealed class DeviceOptions
{
    private readonly Option<string> _settings = With("--settings", "The app's settings, which say where each vault's device is (default settings.json in the home).", "FILE");
    private readonly Option<string> _module = With("--module", "Instead of the settings: the PKCS#11 module.", "PATH");
    private readonly Option<string> _label = With("--token-label", "With --module: the token's label.", "TEXT");
    private readonly Option<string> _serial = With("--token-serial", "With --module: the token's serial number; with a label, both must match.", "TEXT");
    private readonly Option<string> _pin = With("--pin-file", "With --module: the file that holds the token's user PIN.", "FILE");

    /// <summary>Adds those that name a token.</summary>
    public Command AddTokenTo(Command command)
    {
        foreach (var option in new[] { _module, _label, _serial, _pin })
        {
            command.Add(option);
        }

        return command;
    }

    /// <summary>Adds the one that names the settings.</summary>
    public Command AddSettingsTo(Command command)
    {
        command.Add(_settings);
        return command;
    }

    /// <summary>The place of each vault by the settings; empty where the home has none and no other are named.</summary>
    public Step<Dictionary<string, VaultPlace>> Places(CommandContext context)
    {
        var named = context.Value(_settings);
        var path = named ?? context.Home.Of(SystemSettings.FileName);
        return named is null && !File.Exists(path) ? new Dictionary<string, VaultPlace>() : SettingsPlaces.Read(path);
    }

    /// <summary>The place of one vault.</summary>
    public Step<VaultPlace> Place(CommandContext context, string vaultId)
    {
        if (context.Value(_module) is not null)
        {
            return Token(context);
        }

        return Places(context).Stops(out var stop, out var places) ? stop
            : places.TryGetValue(vaultId, out var place) ? place
            : new CliOutcome.Usage($"Nothing says where the device of the vault '{vaultId}' is; give --settings, or --module with the token and its PIN file.");
    }

    /// <summary>The token that the options name.</summary>
    public Step<VaultPlace> Token(CommandContext context)
    {
        var place = new VaultPlace(context.Value(_module), context.Value(_label), context.Value(_serial), context.Value(_pin));
        return !Path.IsPathFullyQualified(place.Module ?? "") ? new CliOutcome.Usage("Give the PKCS#11 module with --module, as an absolute path.")
            : string.IsNullOrEmpty(place.TokenLabel) && string.IsNullOrEmpty(place.TokenSerial) ? new CliOutcome.Usage("Give the token with --token-label, --token-serial or both.")
            : string.IsNullOrEmpty(place.PinFile) ? new CliOutcome.Usage("Give the file that holds the token's user PIN with --pin-file.")
            : place with { PinFile = Path.GetFullPath(place.PinFile) };
    }

    private static Option<string> With(string name, string description, string value) => new(name) { Description = description, HelpName = value };
}
