using Custody.Cli.Initialisation.Plan;
using Custody.Core.Governance;
using Custody.Core.Signatures;
using Custody.Testing.ManagedHsm;
using Custody.Vaults.DocumentKeys;

namespace Custody.Functions.Tests.Support;

/// <summary>A plan whose vault and comparison keys were made in a Managed HSM before: the governors' keys first, since the trust root that tags the HSM's keys follows from them.</summary>
internal static class HsmPlan
{
    private const string RootTag = "custody-trust-root";
    private const string OriginTag = "custody-origin";
    private const string Inside = "generated-inside";

    public static (InitialisationPlan Plan, HsmKey VaultKey) Of(InitialisationPlan plan, ManagedHsmServer server, string keyFolder)
    {
        var members = plan.Governors.Members.Select(g => g with { Key = new KeyPlan($"governor-{g.Id}", File: Path.Combine(keyFolder, $"{g.Id}.pem")) }).ToList();
        var governors = new GovernorSet([.. members.Select(g => new Governor(g.Id, Generate(g.Key!), g.ResponsibleOfficer))], plan.Governors.Quorum);
        var root = governors.TrustRoot();
        var vault = server.AddKey("hot-eth", "P-256K", (RootTag, root), (OriginTag, Inside));
        var comparison = server.AddKey("comparison", "P-256", (RootTag, root), (OriginTag, Inside));
        return (plan with
        {
            Governors = plan.Governors with { Members = members },
            Vaults = [plan.Vaults[0] with { Key = new TokenKeyPlan(vault.Id, StrictBase64Url.Encode(vault.PublicKey)), Firmware = ["hsmPlatform 2"] }],
            ComparisonKey = new TokenKeyPlan("comparison-1", StrictBase64Url.Encode(comparison.PublicKey), ManagedHsmKey: comparison.Id),
        }, vault);
    }

    private static RegisteredKey Generate(KeyPlan plan)
    {
        using var signer = DocumentKeyFile.Generate(plan.File!, plan.KeyId, SignatureAlgorithm.Es256);
        return RegisteredKey.From(plan.KeyId, signer.Algorithm, signer.PublicKey);
    }
}
