using System.Text.Json;
using Custody.Core.Assets;
using Custody.Core.Customers;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Signatures;

namespace Custody.Core.Policy;

/// <summary>Which facts a governance document's policy asks for at all; what it does not ask for need not be read.</summary>
public static class PolicyNeeds
{
    /// <summary>Whether any rule asks if a whitelist entry was paid before.</summary>
    public static bool History(GovernanceDocument document) => document.Rules.Any(r => r.FirstUse is not null || r.FirstUseMaxAmount is not null);

    /// <summary>Whether anything is given a value.</summary>
    public static bool Prices(GovernanceDocument document) => document.Prices is not null;

    /// <summary>
    /// Whether a price of the asset can matter to this customer under any version so far: a rule asks for a value, the customer is
    /// retail, whose day has one, or everything has one for the platform's limit. The class is read from the very bytes that are verified later: a record that lies verifies nowhere.
    /// </summary>
    public static bool Prices(Governed governed, AssetId asset, SignedDocument? customer)
    {
        for (var version = governed; version is not null; version = version.Previous)
        {
            var document = version.Document;
            if (document.Prices is not null && (document.PlatformValue is not null || document.Rules.Any(r => (r.Value is not null || SharesOf(r, asset)) && r.Assets.Contains(asset)) || (document.Retail is not null && !IsProfessional(customer))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a version so far limits what leaves over all assets together: then every asset's price is asked for.</summary>
    public static bool PlatformValue(Governed governed)
    {
        var version = governed;
        while (version is not null && version.Document.PlatformValue is null)
        {
            version = version.Previous;
        }

        return version is not null;
    }

    /// <summary>The coin that a token's fee is paid in, where any version so far caps that by its share of the token's worth; else null.</summary>
    public static AssetId? FeeCoin(Governed governed, AssetId asset)
    {
        for (var version = governed; version is not null; version = version.Previous)
        {
            if (version.Document.Rules.Any(r => SharesOf(r, asset)))
            {
                return version.Document.Assets.FirstOrDefault(a => a.Id.IsNative && a.Id.Chain == asset.Chain)?.Id;
            }
        }

        return null;
    }

    private static bool SharesOf(PolicyRule rule, AssetId asset) => !asset.IsNative && rule.Fee.MaxTokenShareBasisPoints is not null && rule.Assets.Contains(asset);

    private static bool IsProfessional(SignedDocument? customer)
    {
        try
        {
            return customer is not null && CanonicalJson.Deserialize<CustomerRecord>(customer.PayloadBytes()).Class == CustomerClass.Professional;
        }
        catch (Exception malformed) when (malformed is JsonException or FormatException)
        {
            return false;
        }
    }
}
