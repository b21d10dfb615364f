using System.Text.Json;
using Custody.Cli.Homes;
using Custody.Cli.Initialisation;

namespace Custody.Cli.Roles;

/// <summary>
/// Writes what each role's process starts with: its certificate, its witness of the journals, and its settings, in a folder of its own
/// that its user alone may enter. Written again they replace what was there, save for the witness, which never goes back.
/// </summary>
public static class RoleFiles
{
    internal const string Witness = "witness", Certificate = "certificate.pem", Key = "key.pem", Authority = "authority.pem", Settings = "settings.json";

    /// <summary>
    /// Divides <paramref name="all"/> settings among the roles, under <paramref name="home"/>, with new certificates and storage rights until
    /// they end. Returns each role's settings; null when an account is not reached by its key, so that no lesser rights can be made of it.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? Write(
        string home, IReadOnlyDictionary<string, string> all, Uri signer, Uri sender, DateTimeOffset now, TimeSpan life)
    {
        if (StorageRights.Of(all["Custody__Storage__Pipeline"], now + life) is not { } pipeline
            || StorageRights.Of(all["Custody__Storage__Journals"], now + life) is not { } journals)
        {
            return null;
        }

        using var authority = new RoleAuthority(now, life);
        var written = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var role in RoleSettings.Roles)
        {
            var folder = Path.Combine(Path.GetFullPath(home), "roles", role);
            CustodyHome.CreateFolder(folder);
            var (certificate, key) = authority.Issue(role);
            Replace(Path.Combine(folder, Certificate), System.Text.Encoding.ASCII.GetBytes(certificate));
            Replace(Path.Combine(folder, Key), System.Text.Encoding.ASCII.GetBytes(key));
            Replace(Path.Combine(folder, Authority), System.Text.Encoding.ASCII.GetBytes(authority.Pem));
            CopyWitness(all["Custody__WitnessFolder"], Path.Combine(folder, Witness));
            var settings = RoleSettings.Of(role, all, pipeline, journals, signer, sender, folder);
            Replace(Path.Combine(folder, Settings), JsonSerializer.SerializeToUtf8Bytes(new SettingsFile(false, settings), HomeJson.Options));
            written[role] = settings;
        }

        return written;
    }

    // A role that never saw the journals begins with what was seen of them here: without a witness they would count as replaced.
    private static void CopyWitness(string from, string to)
    {
        if (Directory.Exists(to) || !Directory.Exists(from))
        {
            return;
        }

        var part = to + ".part";
        if (Directory.Exists(part))
        {
            Directory.Delete(part, recursive: true);
        }

        CustodyHome.CreateFolder(part);
        foreach (var head in Directory.EnumerateFiles(from, "*.head"))
        {
            File.Copy(head, Path.Combine(part, Path.GetFileName(head)));
        }

        Directory.Move(part, to);
    }

    private static void Replace(string path, byte[] content)
    {
        var part = path + ".part";
        File.Delete(part);
        CustodyHome.WriteNew(part, content);
        File.Move(part, path, overwrite: true);
    }
}
