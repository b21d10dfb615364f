using System.Reflection;
using System.Security.Cryptography;
using Custody.Core.Encoding;

namespace Custody.Functions.Composition;

/// <summary>Which build with which settings compared a transaction, for its certificate.</summary>
/// <param name="BuildDigest">SHA-256 over the module version ids of our assemblies, hex: the compiler derives them from the code.</param>
/// <param name="SettingsDigest">SHA-256 over the settings that are not secret, hex.</param>
public sealed record BuildFacts(string BuildDigest, string SettingsDigest)
{
    /// <summary>The facts of the running app.</summary>
    public static BuildFacts Of(Assembly app, CustodySettings settings)
    {
        var modules = app.GetReferencedAssemblies().Where(a => a.Name!.StartsWith("Custody.", StringComparison.Ordinal))
            .Select(Assembly.Load).Append(app)
            .OrderBy(a => a.GetName().Name, StringComparer.Ordinal)
            .Select(a => $"{a.GetName().Name}:{a.ManifestModule.ModuleVersionId}");
        return new BuildFacts(Digest(modules), Digest(
        [
            settings.TrustRoot,
            settings.Audience,
            .. settings.Chains.OrderBy(c => c.Key.ToString(), StringComparer.Ordinal).Select(c => $"{c.Key}@{string.Join('+', c.Value)}"),
            .. settings.Vaults.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => v.Value.ManagedHsm is { } hsm ? $"{v.Key}@{hsm.Authority}" : $"{v.Key}@{v.Value.Module}#{v.Value.Token}"),
        ]));
    }

    private static string Digest(IEnumerable<string> values) => Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Serialize(values.ToArray())));
}
