using System.Text.Json;
using Custody.Cli.Outcomes;
using Custody.Core.Encoding;
using Custody.Core.Intents;
using Custody.Core.Reading;

namespace Custody.Cli.Homes;

/// <summary>The folder that holds profiles, keys and what this device remembers.</summary>
internal sealed class CustodyHome(string path)
{
    public const string DefaultPath = ".custody";
    public const string Variable = "CUSTODY_HOME";
    private const string Extension = ".json";

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>A path in the home, or as it is when it is absolute.</summary>
    public string Of(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>True when the folder does not exist or holds nothing.</summary>
    public bool IsEmpty() => !Directory.Exists(Path) || !Directory.EnumerateFileSystemEntries(Path).Any();

    /// <summary>Reads the named profile, or the only one of the kinds that the command is for.</summary>
    public Step<NamedProfile> Find(string? name, IReadOnlyList<ProfileKind> kinds)
    {
        var wanted = string.Join(" or ", kinds.Select(k => k.ToString().ToLowerInvariant()));
        if (name is not null)
        {
            return Read(name).Stops(out var unreadable, out var named) ? unreadable
                : kinds.Contains(named.Profile.Kind) ? named
                : new CliOutcome.Usage($"The profile '{name}' is of kind {named.Profile.Kind.ToString().ToLowerInvariant()}, and this command is for {wanted}.");
        }

        var names = Directory.Exists(Of("profiles"))
            ? Directory.EnumerateFiles(Of("profiles"), $"*{Extension}").Select(System.IO.Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal).ToList()
            : [];
        var candidates = new List<NamedProfile>();
        foreach (var candidate in names)
        {
            if (Read(candidate).Stops(out var unreadable, out var profile))
            {
                return unreadable;
            }

            if (kinds.Contains(profile.Profile.Kind))
            {
                candidates.Add(profile);
            }
        }

        return candidates switch
        {
            [var only] => only,
            [] => new CliOutcome.Usage($"There is no profile of kind {wanted} in '{Of("profiles")}'; 'custody init' writes them, and --home says where they are."),
            _ => new CliOutcome.Usage($"Choose one of the profiles with --profile: {string.Join(", ", candidates.Select(c => c.Name))}."),
        };
    }

    /// <summary>Writes a profile; there must be none of that name.</summary>
    public void Write(string name, Profile profile) => WriteNew(Of("profiles", name + Extension), JsonSerializer.SerializeToUtf8Bytes(profile, HomeJson.Options));

    /// <summary>The newest governance that was verified here for a trust root; null when none was.</summary>
    /// <exception cref="InvalidDataException">The memory is damaged, which is not the same as having none.</exception>
    public SeenGovernance? ReadSeen(string trustRoot)
    {
        try
        {
            return File.Exists(SeenPath(trustRoot)) ? CanonicalJson.DeserializeLoose<SeenGovernance>(File.ReadAllBytes(SeenPath(trustRoot))) : null;
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"'{SeenPath(trustRoot)}', which remembers the newest governance, is damaged: {damaged.Message}", damaged);
        }
    }

    /// <summary>Remembers a governance version; replaced whole, so that a crash never leaves half a memory.</summary>
    public void Remember(string trustRoot, SeenGovernance seen)
    {
        Directory.CreateDirectory(Of("seen"));
        var part = SeenPath(trustRoot) + ".part";
        File.WriteAllBytes(part, JsonSerializer.SerializeToUtf8Bytes(seen, HomeJson.Options));
        File.Move(part, SeenPath(trustRoot), overwrite: true);
    }

    /// <summary>Writes a file that must not exist, in a folder that only the owner may enter.</summary>
    public static void WriteNew(string path, ReadOnlySpan<byte> content)
    {
        CreateFolder(System.IO.Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(content);
    }

    /// <summary>Creates a folder that only the owner may enter, if it is not there.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private Step<NamedProfile> Read(string name)
    {
        if (!Identifier.IsValid(name))
        {
            return new CliOutcome.Usage($"'{name}' is not a profile's name: {Identifier.Form}.");
        }

        var path = Of("profiles", name + Extension);
        try
        {
            var profile = CanonicalJson.DeserializeLoose<Profile>(File.ReadAllBytes(path));
            return profile.Kind == ProfileKind.Unknown || profile.Signer.Pkcs11 is null == profile.Signer.File is null
                || !Uri.TryCreate(profile.Api, UriKind.Absolute, out _)
                    ? new CliOutcome.Usage($"The profile '{path}' needs a kind, an absolute URL as api, and a signer that is either pkcs11 or file.")
                    : new NamedProfile(name, profile);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new CliOutcome.Usage($"There is no profile '{name}' in '{Of("profiles")}'.");
        }
        catch (JsonException malformed)
        {
            return new CliOutcome.Usage($"The profile '{path}' is malformed: {malformed.Message}");
        }
    }

    private string SeenPath(string trustRoot) => Of("seen", trustRoot + Extension);
}
