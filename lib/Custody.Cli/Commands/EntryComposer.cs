using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Whitelisting;

namespace Custody.Cli.Commands;

/// <summary>Makes the entry that a client signs from what a person or a file says.</summary>
internal static class EntryComposer
{
    /// <summary>The entry with its address in canonical form; null with the refusal when the API would refuse it.</summary>
    public static WhitelistEntry? Compose(
        string entryId, string clientId, string customerId, string chainText, string address, string label, DateTimeOffset at, Governed governed, out Verdict verdict)
    {
        if (!ChainId.TryParse(chainText, null, out var chain) || governed.Chain(chain) is null)
        {
            verdict = Verdict.Refused(
                RefusalCode.WhitelistOtherChain, $"'{chainText}' is not a registered chain; there are {string.Join(", ", governed.Document.Chains.Select(c => c.Id))}.");
            return null;
        }

        verdict = AddressRule.Canonicalise(chain, address, out var canonical);
        if (!verdict.IsAllowed)
        {
            return null;
        }

        var entry = new WhitelistEntry(1, entryId, clientId, customerId, chain, canonical, null, label, at);
        verdict = DestinationRule.Check(entry, governed);
        return verdict.IsAllowed ? entry : null;
    }
}
