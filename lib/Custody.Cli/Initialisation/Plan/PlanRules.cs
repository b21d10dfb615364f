using System.Text;
using Custody.Core.Customers;
using Custody.Core.Intents;

namespace Custody.Cli.Initialisation.Plan;

/// <summary>
/// What a plan must hold by itself, before anything is made. What governance must hold is not repeated here: the rehearsal
/// (<see cref="Rehearsal"/>) writes the whole system with throw-away keys and asks the pipeline's own rules.
/// </summary>
internal static class PlanRules
{
    private const int MaxTokenLabelBytes = 32;
    private const string Sender = "sender";

    /// <summary>The first problem as a sentence; null when there is none.</summary>
    public static string? Problem(InitialisationPlan plan)
    {
        var people = plan.Governors.Members.Select(g => g.Id)
            .Concat(plan.Clients.Select(c => c.Id)).Concat(plan.Approvers.Select(a => a.Id)).Concat(plan.Operators.Select(o => o.Id))
            .Concat(plan.Prices?.Sources.Select(s => s.Id) ?? []).ToList();
        var devices = plan.Approvers.SelectMany(a => a.Devices).ToList();
        var identifiers = people.Concat(devices.Select(d => d.Id)).Concat(plan.Vaults.Select(v => v.Id)).Concat(plan.Rules.Select(r => r.Id))
            .Concat(plan.Customers.Select(c => c.CustomerId)).Concat(plan.WhitelistEntries.Select(e => e.EntryId)).ToList();
        return plan.Version != 1 ? "The plan's version must be 1."
            : identifiers.FirstOrDefault(i => !Identifier.IsValid(i)) is { } bad ? $"The id '{bad}' must be {Identifier.Form}."
            : Repeated(people) is { } twice ? $"The id '{twice}' is used for two of governors, clients, approvers, operators and price sources; profiles and key files are named after ids."
            : Repeated(devices.Select(d => d.Id)) is { } device ? $"The device '{device}' is listed twice."
            : devices.FirstOrDefault(d => d is { Key: not null, WebAuthn: not null }) is { } both ? $"The device '{both.Id}' is a WebAuthn credential and needs no key besides."
            : Repeated(plan.WhitelistEntries.Select(e => e.EntryId)) is { } entry ? $"The whitelist entry '{entry}' is listed twice."
            : Repeated(plan.Customers.Select(c => $"{c.CustomerId}' of '{c.ClientId}")) is { } customer ? $"The customer '{customer}' is listed twice."
            : plan.Customers.FirstOrDefault(c => c.Class == CustomerClass.Unknown) is { } classless ? $"The customer '{classless.CustomerId}' needs a class, retail or professional."
            : plan.Customers.FirstOrDefault(c => plan.Clients.All(k => k.Id != c.ClientId)) is { } stray ? $"The customer '{stray.CustomerId}' names the client '{stray.ClientId}', which the plan does not have."
            : plan.WhitelistEntries.FirstOrDefault(e => plan.Customers.All(c => c.ClientId != e.ClientId || c.CustomerId != e.CustomerId)) is { } lost
                ? $"The whitelist entry '{lost.EntryId}' is for the customer '{lost.CustomerId}' of '{lost.ClientId}', whom the plan does not have."
            : plan.Governors.Quorum < 1 || plan.Governors.Quorum > plan.Governors.Members.Count ? "The governors' quorum must be between 1 and their number."
            : plan.Vaults.Count == 0 ? "The plan needs at least one vault."
            : !IsHttp(plan.Api.Url) ? $"The api's url '{plan.Api.Url}' must be an absolute http or https URL."
            : plan.Api.Audience.Length == 0 ? "The api's audience must not be empty."
            : plan.Chains.FirstOrDefault(c => !IsHttp(c.Endpoint)) is { } node ? $"The endpoint '{node.Endpoint}' of the chain {node.Id} must be an absolute http or https URL."
            : plan.Chains.FirstOrDefault(c => c.GenesisHash is { } hash && !IsHash(hash)) is { } chain ? $"The genesisHash of the chain {chain.Id} must be 0x and 64 lower-case hex digits."
            : !Path.IsPathFullyQualified(plan.Pkcs11.Module) ? $"The pkcs11 module '{plan.Pkcs11.Module}' must be an absolute path."
            : Labels(plan).FirstOrDefault(l => Encoding.UTF8.GetByteCount(l) > MaxTokenLabelBytes) is { } label ? $"The token label '{label}' is longer than {MaxTokenLabelBytes} bytes; shorten the pkcs11 tokenPrefix or the id."
            : Repeated(Labels(plan)) is { } shared ? $"Two tokens would be labelled '{shared}'; devices and vaults need different ids, and none is '{Sender}'."
            : Keys(plan).FirstOrDefault(k => k.File is null == (k.PublicKey is null || k.Algorithm is null)) is { } key ? $"The key '{key.KeyId}' needs either a file, or algorithm and publicKey."
            : DeviceKeys(plan).FirstOrDefault(k => k.ManagedHsm() is null ? k.TokenLabel is null || k.PinFile is null : k.TokenLabel is not null || k.PinFile is not null) is { } placeless
                ? $"The key '{placeless.KeyId}' needs tokenLabel and pinFile, or nothing but its identifier with the version in a Managed HSM."
            : plan.Vaults.FirstOrDefault(v => v.Key?.ManagedHsmKey is not null) is { } named ? $"The key of the vault '{named.Id}' is known by its keyId alone, in a Managed HSM too."
            : plan.Vaults.FirstOrDefault(v => v.Key?.ManagedHsm() is not null && v.Firmware is null) is { } silent
                ? $"Nobody asks a Managed HSM here what it runs; give the vault '{silent.Id}' its firmware, such as 'hsmPlatform 2'."
            : null;
    }

    /// <summary>The labels of the tokens that will be made.</summary>
    public static IReadOnlyList<string> Labels(InitialisationPlan plan) =>
    [
        .. plan.Vaults.Where(v => v.Key is null).Select(v => VaultLabel(plan, v)),
        .. plan.Approvers.SelectMany(a => a.Devices).Where(d => d.Key is null && d.WebAuthn is null).Select(d => DeviceLabel(plan, d)),
        .. plan.ComparisonKey is null ? [SenderLabel(plan)] : Array.Empty<string>(),
    ];

    public static string VaultLabel(InitialisationPlan plan, VaultPlan vault) => $"{plan.Pkcs11.TokenPrefix}-{vault.Id}";

    public static string DeviceLabel(InitialisationPlan plan, DevicePlan device) => $"{plan.Pkcs11.TokenPrefix}-{device.Id}";

    public static string SenderLabel(InitialisationPlan plan) => $"{plan.Pkcs11.TokenPrefix}-{Sender}";

    private static IEnumerable<KeyPlan> Keys(InitialisationPlan plan) =>
        plan.Governors.Members.Select(g => g.Key).Concat(plan.Clients.Select(c => c.Key)).Concat(plan.Operators.Select(o => o.Key)).Concat(plan.Prices?.Sources.Select(s => s.Key) ?? [])
            .Concat(plan.Approvers.SelectMany(a => a.Devices).Select(d => d.Key)).OfType<KeyPlan>();

    private static IEnumerable<TokenKeyPlan> DeviceKeys(InitialisationPlan plan) => plan.Vaults.Select(v => v.Key).Append(plan.ComparisonKey).OfType<TokenKeyPlan>();

    private static bool IsHttp(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && (parsed.Scheme is "http" or "https");

    private static bool IsHash(string hash) => hash is { Length: 66 } && hash.StartsWith("0x", StringComparison.Ordinal) && hash.Skip(2).All(char.IsAsciiHexDigitLower);

    private static string? Repeated(IEnumerable<string> values) => values.GroupBy(v => v, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
}
