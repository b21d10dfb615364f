using System.Globalization;
using System.Net;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Custody.Core.Approvals;
using Custody.Core.Assets;
using Custody.Functions.Roles;
using Custody.Functions.Withdrawals;
using Custody.Vaults.ManagedHsm;
using Microsoft.Extensions.Configuration;

namespace Custody.Functions.Composition;

/// <summary>Reads the settings; every problem is found before any is reported.</summary>
public sealed class SettingsReader
{
    private readonly IConfiguration _configuration;
    private const string UnresolvedReference = "@Microsoft.KeyVault(";

    private readonly List<string> _problems = [];

    private SettingsReader(IConfiguration configuration) => _configuration = configuration;

    /// <summary>Reads them all. Throws <see cref="SettingsException"/> naming each that is missing or malformed.</summary>
    public static CustodySettings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        reader.CheckReferences();
        var split = reader.Split();
        var role = split?.Role ?? CustodyRole.All;
        reader.Forbid(role);
        var isApi = role is CustodyRole.All or CustodyRole.Pipeline;
        var settings = new CustodySettings(
            reader.Storage("Custody:Storage:Pipeline", isReadOnly: !isApi),
            reader.Storage("Custody:Storage:Journals", isReadOnly: role is CustodyRole.Pipeline or CustodyRole.Sender),
            reader.Text("Custody:TrustRoot", "64 lower-case hex digits, the trust root that 'custody init' printed", v => v.Length == 64 && v.All(char.IsAsciiHexDigitLower)),
            reader.Text("Custody:WitnessFolder", "a folder outside both storage accounts", v => v.Length > 0),
            isApi ? reader.Text("Custody:Api:Audience", "the aud of call tokens, such as https://custody.example", v => v.Length > 0) : "",
            isApi ? reader.Url("Custody:Api:PublicUrl", "the public base URL for links") : new Uri("about:blank"),
            reader.Chains(),
            role is CustodyRole.All or CustodyRole.Signer ? reader.Vaults() : new Dictionary<string, TokenSetting>(StringComparer.Ordinal),
            role is CustodyRole.All or CustodyRole.Sender ? reader.Token("Custody:Comparison", withKey: true) : null,
            reader.Telemetry(),
            string.IsNullOrWhiteSpace(configuration["Custody:Api:ClientAddressHeader"]) ? null : configuration["Custody:Api:ClientAddressHeader"],
            isApi ? reader.Screening() : null,
            role is CustodyRole.All or CustodyRole.Signer ? reader.Openings() : null,
            reader.RestoreStatement(),
            split,
            isApi ? null : reader.AlertStorage(),
            isApi ? reader.SilenceMinutes() : SilenceTerms.DefaultMinutes);
        return reader._problems.Count == 0 ? settings : throw new SettingsException(reader._problems);
    }

    // A reference that the platform could not resolve arrives as its own text: a PIN of that text would be offered to the token, and count.
    private void CheckReferences() => _problems.AddRange(_configuration.AsEnumerable()
        .Where(s => s.Key.StartsWith("Custody:", StringComparison.OrdinalIgnoreCase) && s.Value?.TrimStart().StartsWith(UnresolvedReference, StringComparison.OrdinalIgnoreCase) == true)
        .Select(s => $"The setting {s.Key.Replace(":", "__", StringComparison.Ordinal)} is a Key Vault reference that the platform did not resolve; give the app's identity the right to read the secret."));

    // Absent: one process holds all. Whoever names a role means it, and everything that the role needs must be there.
    private RoleSetting? Split()
    {
        const string Name = "Custody:Role";
        switch (_configuration[Name])
        {
            case null or "all":
                return null;
            case "pipeline":
                return Split(CustodyRole.Pipeline);
            case "signer":
                return Split(CustodyRole.Signer);
            case "sender":
                return Split(CustodyRole.Sender);
            default:
                return Missing<RoleSetting?>(Name, "pipeline, signer or sender; absent when one process holds all three", null);
        }
    }

    private RoleSetting Split(CustodyRole role) => new(
        role,
        role == CustodyRole.Pipeline ? null : RoleUrl("Listen", "where the role is called, https with an IP address and a port", u => IPAddress.TryParse(u.Host.Trim('[', ']'), out _)),
        role == CustodyRole.Signer ? null : RoleUrl("Signer", "where the signer is called, https", _ => true),
        role == CustodyRole.Pipeline ? RoleUrl("Sender", "where the sender is called, https", _ => true) : null,
        Text("Custody:Roles:CertificateFile", "the path of the role's certificate, PEM", File.Exists),
        Text("Custody:Roles:KeyFile", "the path of the certificate's private key, PEM", File.Exists),
        Text("Custody:Roles:AuthorityFile", "the path of the certificate of the roles' authority, PEM", File.Exists));

    private Uri RoleUrl(string name, string expected, Func<Uri, bool> isValid) =>
        Uri.TryCreate(_configuration[$"Custody:Roles:{name}"], UriKind.Absolute, out var url) && url.Scheme == "https" && isValid(url)
            ? url
            : Missing($"Custody:Roles:{name}", expected, new Uri("about:blank"));

    // What a process does not hold cannot be taken from it; so it does not start with what is another's.
    private void Forbid(CustodyRole role)
    {
        foreach (var (name, why) in RoleForbids.Of(role))
        {
            if (_configuration.GetSection(name).AsEnumerable().FirstOrDefault(s => s.Value is not null) is { Key: { } found })
            {
                var who = role == CustodyRole.All ? "a process that holds all roles" : $"the {RoleCertificates.Text(role)}";
                _problems.Add($"The setting {Shown(found)} must not be given to {who}: {why}.");
            }
        }
    }

    private StorageSetting? AlertStorage()
    {
        const string Name = "Custody:Storage:Alerts";
        if (_configuration.GetSection(Name).AsEnumerable().Any(s => s.Value is not null))
        {
            return Storage(Name);
        }

        // An identity has its rights where they were given; a connection that only reads could raise no alert.
        return _configuration["Custody:Storage:Pipeline"] is null
            ? null
            : Missing<StorageSetting?>(Name, "a connection string with a shared access signature that may read and write the table of alerts", null);
    }

    private StorageSetting Storage(string name, bool isReadOnly = false)
    {
        const string Expected = "a storage connection string, or __tableServiceUri and __blobServiceUri for the app's identity";
        if (_configuration[name] is { } connection && !string.IsNullOrWhiteSpace(connection))
        {
            if (isReadOnly && IsConnection(connection) && !SharedAccess.OnlyReads(connection))
            {
                _problems.Add($"The setting {Shown(name)} must not let this role write: give it a shared access signature with the permissions r and l alone.");
            }

            return IsConnection(connection) ? new StorageSetting(connection, null, null) : Missing(name, Expected, new StorageSetting(null, null, null));
        }

        if (Uri.TryCreate(_configuration[$"{name}:tableServiceUri"], UriKind.Absolute, out var tables)
            && Uri.TryCreate(_configuration[$"{name}:blobServiceUri"], UriKind.Absolute, out var blobs))
        {
            return new StorageSetting(null, tables, blobs);
        }

        return Missing(name, Expected, new StorageSetting(null, null, null));
    }

    private static bool IsConnection(string text)
    {
        try
        {
            _ = new TableServiceClient(text);
            _ = new BlobServiceClient(text);
            return true;
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException or InvalidOperationException)
        {
            // The client's message may repeat the text, and with it the key.
            return false;
        }
    }

    private Dictionary<ChainId, IReadOnlyList<ProviderSetting>> Chains()
    {
        var chains = new Dictionary<ChainId, IReadOnlyList<ProviderSetting>>();
        foreach (var section in Items("Custody:Chains", "at least one chain: __0__Id (CAIP-2) and __0__Endpoint (the node's URL) or __0__Providers"))
        {
            var providers = Providers(section);
            if (!ChainId.TryParse(section["Id"], CultureInfo.InvariantCulture, out var id) || !chains.TryAdd(id, providers))
            {
                Missing($"{section.Path}:Id", "a CAIP-2 chain id such as eip155:1, each once", 0);
            }
        }

        return chains;
    }

    // One URL, or several providers by name. Both would leave open whether the one is among the several.
    private IReadOnlyList<ProviderSetting> Providers(IConfigurationSection chain)
    {
        var sections = chain.GetSection("Providers").GetChildren().ToList();
        if (sections.Count == 0)
        {
            return [new ProviderSetting("node", Url($"{chain.Path}:Endpoint", "the node's JSON-RPC URL"))];
        }

        if (chain["Endpoint"] is not null)
        {
            Missing($"{chain.Path}:Endpoint", "nothing beside Providers", 0);
        }

        var providers = new List<ProviderSetting>();
        foreach (var section in sections)
        {
            var name = Text(
                $"{section.Path}:Name", "a name of lower-case letters, digits and hyphens, each once", v => IsName(v) && providers.TrueForAll(p => p.Name != v));
            var url = Url($"{section.Path}:Endpoint", "the provider's JSON-RPC URL");
            if (providers.Exists(p => p.Endpoint == url && url.Scheme != "about"))
            {
                // One provider under two names would outvote the others.
                Missing($"{section.Path}:Endpoint", "another URL than each other provider's", 0);
            }

            providers.Add(new ProviderSetting(name, url));
        }

        return providers;
    }

    private static bool IsName(string text) => text.Length is > 0 and <= 32 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private Dictionary<string, TokenSetting> Vaults()
    {
        var vaults = new Dictionary<string, TokenSetting>(StringComparer.Ordinal);
        foreach (var section in Items("Custody:Vaults", "at least one vault: __0__Id, and __0__Module, __0__TokenLabel or __0__TokenSerial, and __0__PinFile or __0__ManagedHsm"))
        {
            var token = Token(section.Path, withKey: false);
            if (string.IsNullOrEmpty(section["Id"]) || !vaults.TryAdd(section["Id"]!, token))
            {
                Missing($"{section.Path}:Id", "the governed vault's id, each once", 0);
            }
        }

        return vaults;
    }

    private List<IConfigurationSection> Items(string name, string expected)
    {
        var items = _configuration.GetSection(name).GetChildren().ToList();
        return items.Count > 0 ? items : Missing(name, expected, items);
    }

    private TokenSetting Token(string name, bool withKey) =>
        _configuration[$"{name}:ManagedHsm"] is not null || _configuration[$"{name}:ManagedHsmKey"] is not null ? ManagedHsm(name, withKey) : Pkcs11(name, withKey);

    // A key in a token and in an HSM would be two keys; whoever writes both down meant one of them.
    private TokenSetting ManagedHsm(string name, bool withKey)
    {
        foreach (var other in (string[])["Module", "TokenLabel", "TokenSerial", "PinFile", "Pin", withKey ? "ManagedHsm" : "ManagedHsmKey"])
        {
            if (_configuration[$"{name}:{other}"] is not null)
            {
                Missing($"{name}:{other}", $"nothing beside {(withKey ? "ManagedHsmKey" : "ManagedHsm")}", 0);
            }
        }

        if (!withKey)
        {
            var url = Text($"{name}:ManagedHsm", "a Managed HSM's URL, https://NAME.managedhsm.azure.net", v => Uri.TryCreate(v, UriKind.Absolute, out var hsm) && ManagedHsmOptions.IsHsm(hsm));
            return new TokenSetting("", "", "", ManagedHsm: Uri.TryCreate(url, UriKind.Absolute, out var read) ? read : null);
        }

        var key = Text($"{name}:ManagedHsmKey", "the key's identifier with its version, https://NAME.managedhsm.azure.net/keys/KEY/VERSION", v => ManagedHsmOptions.HsmOf(v) is not null);
        return new TokenSetting("", "", "", Text($"{name}:KeyId", "the governed comparison key's id", v => v.Length > 0), ManagedHsmOptions.HsmOf(key), key);
    }

    private TokenSetting Pkcs11(string name, bool withKey)
    {
        var module = Text($"{name}:Module", "the path of an existing PKCS#11 module", File.Exists);
        // Two tokens may have one label; a serial number is the device's own. One that names no token in the slots refuses each signature.
        var serial = _configuration[$"{name}:TokenSerial"] is null ? null : Text($"{name}:TokenSerial", "the token's serial number", v => !string.IsNullOrWhiteSpace(v));
        var label = serial is not null && _configuration[$"{name}:TokenLabel"] is null ? "" : Text($"{name}:TokenLabel", "the token's label, or its serial number as TokenSerial", v => v.Length > 0);
        var pin = _configuration[$"{name}:Pin"] is null ? null : Text($"{name}:Pin", "the user PIN, as a Key Vault reference brings it", v => !string.IsNullOrWhiteSpace(v));
        if (pin is not null && _configuration[$"{name}:PinFile"] is not null)
        {
            // Which of two is the right one only a try would tell, and tries lock the token.
            Missing($"{name}:PinFile", "nothing beside Pin", 0);
        }

        var file = pin is null ? Text($"{name}:PinFile", "the path of an existing file that holds the user PIN, or the PIN itself as Pin", File.Exists) : "";
        return new TokenSetting(module, label, file, withKey ? Text($"{name}:KeyId", "the governed comparison key's id", v => v.Length > 0) : null, Pin: pin, TokenSerial: serial);
    }

    private string? Openings()
    {
        const string Name = "Custody:Duress:OpeningsFile";
        if (_configuration[Name] is not { } path)
        {
            return null;
        }

        try
        {
            DuressOpenings.Read(File.ReadAllBytes(path));
            return path;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or System.Text.Json.JsonException)
        {
            return Missing(Name, "the path of an existing file of openings, as 'custody init' wrote it", path);
        }
    }

    private string? RestoreStatement()
    {
        const string Name = "Custody:Restore:StatementFile";
        return _configuration[Name] is null ? null : Text(Name, "the path of an existing file, signed with 'custody restore sign'", File.Exists);
    }

    private int SilenceMinutes()
    {
        const string Name = "Custody:SilenceMinutes";
        return _configuration[Name] is not { } text ? SilenceTerms.DefaultMinutes
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes is >= 1 and <= SilenceTerms.MostMinutes ? minutes
            : Missing(Name, $"a number of minutes from 1 to {SilenceTerms.MostMinutes}; absent: {SilenceTerms.DefaultMinutes}", SilenceTerms.DefaultMinutes);
    }

    private TelemetrySetting Telemetry()
    {
        var exporter = _configuration["Custody:Telemetry:Exporter"] ?? "none";
        if (exporter is not ("none" or "console" or "otlp"))
        {
            Missing("Custody:Telemetry:Exporter", "none, console or otlp", 0);
        }

        return new TelemetrySetting(exporter, exporter == "otlp" ? Url("Custody:Telemetry:OtlpEndpoint", "the collector's URL") : null);
    }

    // Both or neither: where governance wants a provider and none is set, nothing passes.
    private ScreeningSetting? Screening()
    {
        const string Endpoint = "Custody:Screening:Endpoint";
        const string Key = "Custody:Screening:Key";
        if (_configuration[Endpoint] is null && _configuration[Key] is null)
        {
            return null;
        }

        var url = Url(Endpoint, "the screening provider's URL");
        if (url.Scheme == "http" && !url.IsLoopback)
        {
            Missing(Endpoint, "https, since the key goes with every question; http on this machine only", 0);
        }

        return new ScreeningSetting(url, Text(Key, "the key that the screening provider gave", v => v.Length > 0 && v.All(c => c is > ' ' and <= '~')));
    }

    private Uri Url(string name, string expected) => Uri.TryCreate(_configuration[name], UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
        ? url
        : Missing(name, $"{expected}, http or https", new Uri("about:blank"));

    private string Text(string name, string expected, Func<string, bool> isValid) =>
        _configuration[name] is { } value && isValid(value) ? value : Missing(name, expected, "");

    private T Missing<T>(string name, string expected, T nothing)
    {
        _problems.Add($"The setting {Shown(name)} is {(_configuration[name] is null ? "missing" : "malformed")}; expected: {expected}.");
        return nothing;
    }

    private static string Shown(string name) => name.Replace(":", "__", StringComparison.Ordinal);
}
