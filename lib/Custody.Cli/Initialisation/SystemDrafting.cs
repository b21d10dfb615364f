using System.Security.Cryptography;
using Custody.Cli.Initialisation.Keys;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Approvals;
using Custody.Core.Assets;
using Custody.Core.Customers;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Prices;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;

namespace Custody.Cli.Initialisation;

/// <summary>Writes and signs every document of a plan with the keys that a maker gives.</summary>
internal sealed class SystemDrafting(InitialisationPlan plan, IReadOnlyDictionary<ChainId, string> genesis, IKeyMaker maker, DateTimeOffset now)
{
    private readonly Dictionary<string, HeldKey> _keys = new(StringComparer.Ordinal);
    private readonly List<DuressOpening> _openings = [];

    public async Task<SystemDraft> DraftAsync(CancellationToken cancellation)
    {
        // The governors come first: the trust root follows from them, and labels every vault key that is generated after.
        var governors = new GovernorSet([.. plan.Governors.Members.Select(g => new Governor(g.Id, FileKey(g.Id, "governor", g.Key), g.ResponsibleOfficer))], plan.Governors.Quorum);
        var trustRoot = governors.TrustRoot();
        var governance = await WriteGovernanceAsync(governors, trustRoot, cancellation);
        var signed = await SignAsync(DocumentType.Governance, governance, plan.Governors.Members.Select(g => g.Id), cancellation);

        var customers = new List<(CustomerRecord, SignedDocument)>();
        foreach (var customer in plan.Customers)
        {
            var record = new CustomerRecord(1, customer.ClientId, customer.CustomerId, customer.Class, now);
            customers.Add((record, await SignAsync(DocumentType.Customer, record, [customer.ClientId], cancellation)));
        }

        var entries = new List<(WhitelistEntry, SignedDocument)>();
        foreach (var planned in plan.WhitelistEntries)
        {
            var entry = new WhitelistEntry(1, planned.EntryId, planned.ClientId, planned.CustomerId, planned.Chain, planned.Address, planned.Memo, planned.Label, now);
            entries.Add((entry, await SignAsync(DocumentType.WhitelistEntry, entry, [planned.ClientId, .. WhitelistApprovers()], cancellation)));
        }

        var lists = new List<(SanctionsList, SignedDocument)>();
        foreach (var planned in plan.SanctionsLists ?? [])
        {
            var list = planned.At(now);
            lists.Add((list, await SignAsync(DocumentType.SanctionsList, list, plan.Operators.Take(1).Select(o => o.Id), cancellation)));
        }

        return new SystemDraft(trustRoot, governance, signed, customers, entries, lists, _keys, _openings);
    }

    private async Task<GovernanceDocument> WriteGovernanceAsync(GovernorSet governors, string trustRoot, CancellationToken cancellation)
    {
        var approvers = new List<Approver>();
        foreach (var approver in plan.Approvers)
        {
            var devices = new List<Device>();
            foreach (var device in approver.Devices)
            {
                var key = device.WebAuthn is { } credential
                    ? Credential(device.Id, credential)
                    : await maker.DeviceKeyAsync($"device-{device.Id}", PlanRules.DeviceLabel(plan, device), device.Key, cancellation);
                _keys.Add(device.Id, key);
                var opening = new DuressOpening(
                    DeviceSubject.Of(approver.Id, device.Id), device.Duress ? DeviceKind.Duress : DeviceKind.Plain,
                    Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(DuressOpening.SaltLength / 2)));
                _openings.Add(opening);
                devices.Add(new Device(device.Id, key.Registered, device.Evidence, DuressCommitment: opening.Commitment(), WebAuthn: device.WebAuthn));
            }

            approvers.Add(new Approver(approver.Id, approver.Person, approver.Role, approver.Site, devices, approver.Training));
        }

        var vaults = new List<VaultRegistration>();
        foreach (var vault in plan.Vaults)
        {
            var key = await maker.VaultKeyAsync($"vault-{vault.Id}", PlanRules.VaultLabel(plan, vault), trustRoot, vault.Key, cancellation);
            var firmware = vault.Firmware ?? (key.Firmware is { } told ? [told] : null);
            vaults.Add(new VaultRegistration(vault.Id, vault.Chain, vault.Tier, key.KeyId, key.PublicKey, Firmware: firmware));
        }

        var comparison = await maker.ComparisonKeyAsync("comparison", PlanRules.SenderLabel(plan), plan.ComparisonKey, cancellation);
        return new GovernanceDocument(
            Version: 1,
            Previous: null,
            CreatedAt: now,
            governors,
            [.. plan.Clients.Select(c => new Client(c.Id, c.Name, [FileKey(c.Id, "client", c.Key) with { Terms = c.Terms }]))],
            approvers,
            [.. plan.Operators.Select(o => new Operator(o.Id, o.Person, [FileKey(o.Id, "operator", o.Key)], o.Soc ? true : null))],
            vaults,
            [.. plan.Chains.Select(c => new ChainRegistration(c.Id, genesis[c.Id], c.FinalityDepth, c.MaxBlockAgeSeconds, c.Replacement, c.MaxInFlight, Maintenance: c.Maintenance))],
            plan.Assets,
            plan.Rules,
            plan.Limits,
            plan.Whitelist,
            comparison.Registered,
            plan.Delays,
            Risk: null,
            plan.Prices is { } prices
                ? new PriceTerms(
                    prices.Currency, prices.Decimals, prices.MaxAgeSeconds, prices.MaxMoveBasisPoints, [.. prices.Sources.Select(s => new PriceSource(s.Id, FileKey(s.Id, "price", s.Key)))], prices.MoveSeconds)
                : null,
            plan.Retail,
            plan.Screening,
            WebAuthn: plan.WebAuthn,
            PlatformValue: plan.PlatformValue);
    }

    // Whether it counts is governance's to say; here only its key is read.
    private static HeldKey Credential(string deviceId, WebAuthnCredential credential) => credential.Registered()?.Credential is { } attested
        ? new HeldKey(RegisteredKey.From($"device-{deviceId}", SignatureAlgorithm.Es256, attested.Point), null, null)
        : throw new KeyMakingException($"The registration of the device '{deviceId}' does not read.");

    private RegisteredKey FileKey(string ownerId, string role, KeyPlan? existing)
    {
        var key = maker.FileKey($"{role}-{ownerId}", existing);
        _keys.Add(ownerId, key);
        return key.Registered;
    }

    // One device each of as many people as the terms want, of those whose keys are at hand.
    private IEnumerable<string> WhitelistApprovers() => plan.Approvers
        .DistinctBy(a => a.Person, StringComparer.Ordinal)
        .Select(a => a.Devices.FirstOrDefault(d => _keys[d.Id].Signer is not null)?.Id)
        .OfType<string>()
        .Take(plan.Whitelist.Quorum);

    private async Task<SignedDocument> SignAsync<T>(string type, T document, IEnumerable<string> owners, CancellationToken cancellation)
    {
        var payload = CanonicalJson.Serialize(document);
        var signatures = new List<string>();
        foreach (var signer in owners.Select(o => _keys[o].Signer).OfType<IDocumentSigner>())
        {
            signatures.Add(await Jws.SignAsync(signer, type, payload, now, detached: true, cancellation));
        }

        return SignedDocument.Of(payload, signatures);
    }
}
