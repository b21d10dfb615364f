using Custody.Core.Governance;
using Custody.Core.Keys;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Keys;

public sealed class KeyRegistryTests
{
    private static readonly GovernanceDocument Document = SampleGovernance.Document;
    private static readonly IReadOnlyList<GovernedKey> Keys = KeyRegistry.Of(Document, v => new KeyPlace("pkcs11", v.Id == "warm-1" ? "7" : null), new KeyPlace("managed-hsm", "3"));

    [Fact]
    public void Of_AVault_HasEveryMemberAndADerivedAddress()
    {
        var key = Keys[0];

        Assert.Equal((People.HotKey.KeyId, "hot-1", "eip155", VaultTier.Hot), (key.Id, key.Owner, key.ChainFamily, key.Tier));
        Assert.Equal([KeyPurpose.Withdrawal, KeyPurpose.Maintenance], key.Purposes);
        Assert.Equal(People.HotKey.Address.ToString(), key.Address);
        Assert.Equal(StrictBase64Url.Encode(People.HotKey.PublicKey), key.PublicKey);
        Assert.Equal(new KeyPlace("pkcs11", "7"), Keys[1].Place);
    }

    [Fact]
    public void Of_EveryGovernedKey_IsThereOnce()
    {
        Assert.Equal(Document.Vaults.Count + GovernanceKeys.Of(Document).Count, Keys.Count);
        Assert.Equal(Keys.Count, Keys.Select(k => k.PublicKey).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(Keys, k => k is { Owner: "gina", Purposes: [KeyPurpose.Governance], Address: null, Tier: null, ChainFamily: null });
        Assert.Contains(Keys, k => k is { Owner: "olga", Purposes: [KeyPurpose.Operation] });
        Assert.Contains(Keys, k => k is { Owner: "exchange-a", Purposes: [KeyPurpose.Request] });
        Assert.Contains(Keys, k => k is { Owner: "feed-1", Purposes: [KeyPurpose.Price] });
        Assert.Contains(Keys, k => k is { Purposes: [KeyPurpose.Approval] } && k.Owner.StartsWith("ann/", StringComparison.Ordinal));
        Assert.Equal(new KeyPlace("managed-hsm", "3"), Assert.Single(Keys, k => k.Purposes is [KeyPurpose.Comparison]).Place);
    }

    [Fact]
    public void Of_NoKey_SealsTheAuditTrailYet() => Assert.DoesNotContain(Keys, k => k.Purposes.Contains(KeyPurpose.AuditSeal));

    [Fact]
    public void PurposeOf_EveryRole_HasOne()
    {
        Assert.All(Enum.GetValues<KeyRole>().Where(r => r != KeyRole.Unknown), r => Assert.NotEqual(KeyPurpose.Unknown, KeyRegistry.PurposeOf(r)));
        Assert.Throws<ArgumentOutOfRangeException>(() => KeyRegistry.PurposeOf(KeyRole.Unknown));
    }

    [Fact]
    public void Governance_AVaultsKeyForDocumentsAsWell_DoesNotVerify()
    {
        var point = StrictBase64Url.Encode(People.HotKey.PublicKey);
        var document = Document with { ComparisonKey = new RegisteredKey("comparison-key", SignatureAlgorithm.Es256, point) };

        Assert.Contains("a key has one role", GovernanceConsistency.Problem(document, GovernanceKeys.Of(document)), StringComparison.Ordinal);
    }
}
