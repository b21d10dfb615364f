using Custody.Core.Intents;
using Custody.Core.Policy;
using Custody.Core.Signatures;

namespace Custody.Core.Governance;

/// <summary>What must hold inside one governance document for its rules to mean anything.</summary>
public static class GovernanceConsistency
{
    // Tokens use 30,000 to 120,000; one that wants more than this runs something that nobody approved.
    private const int MaxTokenGas = 1_000_000;

    // Each raises the fee by an eighth: thirty are more than thirty-fold.
    private const int MaxReplacements = 30;

    private const int MaxFirmwareLength = 100;

    /// <summary>The first problem as a sentence; null when there is none.</summary>
    public static string? Problem(GovernanceDocument document, IReadOnlyList<KeyHolder> holders)
    {
        if (document.Governors.Quorum < 1 || document.Governors.Quorum > document.Governors.Members.Count)
        {
            return "The governors' quorum must be between 1 and their number.";
        }

        return Repeated(holders.Select(h => h.Key.KeyId)) is { } keyId ? $"The key id '{keyId}' is registered twice."
            : Repeated(holders.Select(h => h.Key.PublicKey)) is not null ? "A public key is registered twice; a key has one role, for one person or client."
            : holders.FirstOrDefault(h => !IsWellFormed(h.Key)) is { } bad ? $"The key '{bad.Key.KeyId}' is not a well-formed ES256 or EdDSA public key."
            : holders.Select(h => KeyTermsRule.Problem(h.Key)).FirstOrDefault(p => p is not null) is { } terms ? terms
            : holders.FirstOrDefault(h => h.Role != KeyRole.Client && h.Key.Terms?.Person is not null) is { } named
                ? $"The key '{named.Key.KeyId}' names its person in its terms, and only a client's key does."
            : Ids(document).FirstOrDefault(id => !Identifier.IsValid(id)) is { } id ? $"The id '{id}' is not {Identifier.Form}."
            : Repeated(document.Clients.Select(c => c.Id)) is { } client ? $"The client '{client}' is registered twice."
            : Repeated(document.Approvers.Select(a => a.Id)) is { } approver ? $"The approver '{approver}' is registered twice."
            : Repeated(document.Approvers.Select(a => (a.Person, a.Site)).Distinct().Select(p => p.Person)) is { } person
                ? $"The person '{person}' is registered at two sites; a quorum over sites would count one person twice."
            : CommitmentProblem(document) is { } commitment ? commitment
            : Repeated(document.Operators.Select(o => o.Id)) is { } op ? $"The operator '{op}' is registered twice."
            : Repeated(document.Vaults.Select(v => v.Id)) is { } vault ? $"The vault '{vault}' is registered twice."
            : Repeated(document.Vaults.Select(v => v.PublicKey)) is not null ? "A vault's public key is registered twice."
            : document.Vaults.FirstOrDefault(v => holders.Any(h => h.Key.PublicKey == v.PublicKey)) is { } shared ? $"The key of the vault '{shared.Id}' is registered for documents as well; a key has one role."
            // The whole chain is verified at each use: a key that ran out would take every version after it along, the newest too.
            : document.Governors.Members.FirstOrDefault(g => g.Key.Terms is not null) is { } timed ? $"The key of the governor '{timed.Id}' must have no terms; governance removes it when its time is over."
            : Repeated(document.Rules.Select(r => r.Id)) is { } rule ? $"The rule '{rule}' is registered twice."
            : Repeated(document.Chains.Select(c => c.Id.ToString())) is { } twice ? $"The chain '{twice}' is registered twice."
            : Repeated(document.Assets.Select(a => a.Id.ToString())) is { } asset ? $"The asset '{asset}' is registered twice."
            : document.Assets.Select(AssetProblem).FirstOrDefault(p => p is not null) is { } unusable ? unusable
            : document.Vaults.FirstOrDefault(v => v.Tier == VaultTier.Unknown || !IsVaultKey(v) || document.Chains.All(c => c.Id != v.Chain)) is { } bare
                ? $"The vault '{bare.Id}' needs a tier, an uncompressed secp256k1 key and a registered chain."
            : document.Vaults.FirstOrDefault(v => v.KeyState() == VaultKeyState.Unspecified) is { } stateless ? $"The vault '{stateless.Id}' has a key in no state."
            : document.Vaults.FirstOrDefault(v => v.Firmware is { } allowed && (!allowed.All(IsFirmware) || Repeated(allowed) is not null)) is { } odd
                ? $"The vault '{odd.Id}' lists a firmware twice, or one that is not 1 to {MaxFirmwareLength} printable ASCII characters without brackets and without blanks around them."
            : document.Chains.FirstOrDefault(c => c.FinalityDepth < 1 || c.MaxBlockAgeSeconds < 1) is { } chain
                ? $"The chain '{chain.Id}' needs a finality depth and a block age of at least 1."
            : document.Chains.FirstOrDefault(c => c.Replacement is { } terms && (terms.AfterSeconds < 1 || terms.Most is < 1 or > MaxReplacements)) is { } hasty
                ? $"The chain '{hasty.Id}' replaces after at least 1 second, and at least once and at most {MaxReplacements} times."
            : document.Chains.FirstOrDefault(c => c.InFlight() < 1) is { } idle ? $"The chain '{idle.Id}' needs room for at least 1 transaction in flight."
            : document.Chains.FirstOrDefault(c => c.ProvidersNeeded < 1) is { } unread ? $"The chain '{unread.Id}' needs at least 1 provider."
            : document.Limits.FirstOrDefault(l => l.Scope == LimitScope.Unknown || l.WindowSeconds < 1) is { } empty
                ? $"The limit on {empty.Asset} needs a scope and a window of at least 1 s; in an empty window nothing adds up."
            : document.Limits.Any(l => l.Scope == LimitScope.CustomerValue) ? "A customer's daily value is limited by the retail terms, not by a limit of an asset."
            : document.Limits.Any(l => l.Scope == LimitScope.PlatformValue) ? "The value of all assets together is limited by the platform's value terms, not by a limit of an asset."
            : Repeated(document.Limits.Select(l => $"{l.Scope} {l.Asset}")) is { } limit ? $"The limit '{limit}' is set twice."
            : document.Delays is { WeakeningSeconds: < 1 } ? "The delay of a weakening must be at least 1 s."
            : document.Whitelist is { MinSites: < 1 } or { LookAlikeFirst: < 1 } or { LookAlikeLast: < 1 } or { ProposalSeconds: < 1 }
                ? "The whitelist terms' sites, look-alike characters and proposal time must be at least 1 where they are given."
            : document.Whitelist is { Quorum: < 1 } or { CoolingOffSeconds: < 0 } ? "The whitelist terms need a quorum of at least 1 and a cooling-off of at least 0."
            : MaintenanceConsistency.Problem(document) is { } maintenance ? maintenance
            : WebAuthnConsistency.Problem(document) is { } webAuthn ? webAuthn
            : PriceConsistency.Problem(document) is { } price ? price
            : ScreeningConsistency.Problem(document)
                ?? document.Rules.Select(r => RuleConsistency.Problem(document, r)).FirstOrDefault(p => p is not null);
    }

    // They become table keys, journal names and freeze scopes: a vault that no freeze can name could not be stopped.
    private static IEnumerable<string> Ids(GovernanceDocument document) =>
    [
        .. document.Governors.Members.Select(g => g.Id), .. document.Clients.Select(c => c.Id), .. document.Approvers.Select(a => a.Id),
        .. document.Approvers.SelectMany(a => a.Devices.Select(d => d.Id)), .. document.Operators.Select(o => o.Id),
        .. document.Vaults.Select(v => v.Id), .. document.Rules.Select(r => r.Id), .. document.Prices?.Sources.Select(p => p.Id) ?? [],
    ];

    // One contract must have one name, or a limit on the one would not count the other; and no amount has more than 78 digits.
    private static string? AssetProblem(AssetRegistration asset) =>
        asset.Decimals is < 0 or > 77 ? $"The asset '{asset.Id}' needs between 0 and 77 decimals."
        : asset.Id.Namespace != "erc20" ? asset.Token is null ? null : $"The asset '{asset.Id}' is no ERC-20 token, and has a token's terms."
        : asset.Contract() is null ? $"The token '{asset.Id}' needs an EVM chain, its contract's address in EIP-55 form, and terms."
        : asset.Token is { CodeHash: var hash, GasCeiling: var gas } && IsHash(hash) && gas is > 21000 and <= MaxTokenGas ? null
        : $"The token '{asset.Id}' needs the Keccak-256 of its code and a gas ceiling above 21000, and at most {MaxTokenGas}.";

    // One device without a commitment among others with one would tell itself apart; and one that is no digest opens to nothing.
    private static string? CommitmentProblem(GovernanceDocument document)
    {
        var commitments = document.Approvers.SelectMany(a => a.Devices.Select(d => d.DuressCommitment)).ToList();
        return commitments.All(c => c is null) ? null
            : commitments.Any(c => c is null) ? "Either every device carries a duress commitment or none does; one without would tell itself apart."
            : commitments.All(c => c is { Length: 64 } && c.All(char.IsAsciiHexDigitLower)) ? null
            : "A duress commitment must be a SHA-256 in lower-case hex.";
    }

    private static bool IsHash(string text) =>
        text is { Length: 66 } && text.StartsWith("0x", StringComparison.Ordinal) && text.Skip(2).All(char.IsAsciiHexDigitLower);

    private static bool IsWellFormed(RegisteredKey key) => key.PublicKeyBytes() switch
    {
        { Length: 65 } point => key.Algorithm == SignatureAlgorithm.Es256 && point[0] == 4,
        { Length: 32 } => key.Algorithm == SignatureAlgorithm.EdDsa,
        _ => false,
    };

    private static bool IsVaultKey(VaultRegistration vault) => vault.PublicKeyBytes() is { Length: 65 } point && point[0] == 4;

    // Brackets are what a change's path sets a list's elements in.
    private static bool IsFirmware(string text) =>
        text.Length is > 0 and <= MaxFirmwareLength && text.Trim() == text && text.All(c => c is >= ' ' and <= '~' and not ('[' or ']'));

    private static string? Repeated(IEnumerable<string> values) =>
        values.GroupBy(v => v, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
}
