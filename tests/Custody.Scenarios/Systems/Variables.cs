using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Custody.Core.Encoding;
using Custody.Scenarios.Scripts;

namespace Custody.Scenarios.Systems;

/// <summary>
/// <c>{{w.id}}</c> and every other member of a withdrawal's state, <c>{{now+2h}}</c>, <c>{{vault.address}}</c>,
/// <c>{{trustRoot}}</c>, and what the step <c>sign</c> made under a name.
/// </summary>
internal sealed partial class Variables(World world) : IVariables
{
    private readonly Dictionary<string, string> _made = new(StringComparer.Ordinal);

    public void Set(string name, string value) => _made[name] = value;

    public async Task<string> ValueAsync(string name, CancellationToken cancellation)
    {
        if (_made.TryGetValue(name, out var made))
        {
            return made;
        }

        if (Time().Match(name) is { Success: true } time)
        {
            return (world.Now + (time.Groups[1].Success ? Durations.Parse(time.Groups[1].Value) : TimeSpan.Zero)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        return name switch
        {
            "vault.id" => world.Vault.Id,
            "vault.address" => world.VaultAddress,
            "vault.hex" => world.VaultAddress[2..].ToLowerInvariant(),
            "vault2.hex" => world.AddressOf(World.SecondVault)[2..].ToLowerInvariant(),
            "vault2.address" => world.AddressOf(World.SecondVault),
            "trustRoot" => world.Template.System.TrustRoot,
            "governance.digest" => world.Template.System.Governance.Digest(),
            _ when name.Split('.') is [var entry, "entryId"] && world.Entries.TryGetValue(entry, out var known) => known.Id,
            _ when name.Split('.') is [var entry, "key"] => Core.Whitelisting.WhitelistKey.Of(world.Entries.TryGetValue(entry, out var known) ? known.Id : entry),
            _ when name.Split('.') is [var withdrawal, var member] => await MemberAsync(world.Id(withdrawal), member, cancellation),
            _ => throw new ScenarioException($"there is no variable '{name}'"),
        };
    }

    private async Task<string> MemberAsync(string id, string member, CancellationToken cancellation)
    {
        if (member == "id")
        {
            return id;
        }

        var file = await world.Storage.Custody.Withdrawals.LoadAsync(id, cancellation) ?? throw new ScenarioException($"there is no withdrawal {id}");
        var state = (JsonObject)JsonNode.Parse(CanonicalJson.Serialize(file.State))!;
        return state[member]?.ToString() ?? throw new ScenarioException($"the withdrawal's state has no '{member}'; it has {string.Join(", ", state.Select(m => m.Key))}");
    }

    [GeneratedRegex(@"^now([+-]\d+[smhd])?$")]
    private static partial Regex Time();
}
