using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Journals;

namespace Custody.Core.Whitelisting;

/// <summary>
/// Rule: an address that shares its first and last characters with an existing one, and is not it, can be taken for it (address
/// poisoning); its entry needs one more approver. The existing ones are every address that the stop journal ever activated, for
/// any client, ended ones too, and our own vaults': nothing that a table says. The gate asks again, of the lines before the
/// entry's own, so the answer is the same as when it was activated unless governance changed what looks alike.
/// </summary>
public static class LookAlikeRule
{
    /// <summary>The approvers that look-alikes ask for besides the quorum.</summary>
    public const int ExtraApprovals = 1;

    /// <summary>The addresses that the entry's could be taken for; those activated after it do not count.</summary>
    public static IReadOnlyList<LookAlike> Find(WhitelistEntry entry, StopView stops, Governed governed)
    {
        var before = stops.StandingOf(entry.EntryId).Activation?.Sequence ?? long.MaxValue;
        var terms = governed.Document.Whitelist.LookAlike();
        var own = Significant(entry.Chain, entry.Address);
        return
        [
            .. stops.ActivatedEntries
                .Where(a => a.Sequence < before && a.Entry.Chain.Namespace == entry.Chain.Namespace && Resemble(own, Significant(a.Entry.Chain, a.Entry.Address), terms))
                .OrderBy(a => a.Sequence)
                .Select(a => new LookAlike(a.Entry.Address, a.Entry.EntryId, a.Entry.ClientId)),
            .. governed.EveryVault
                .Where(v => v.Chain.IsEvm && entry.Chain.IsEvm && Resemble(own, Significant(v.Chain, v.EvmAddress().ToString()), terms))
                .Select(v => new LookAlike(v.EvmAddress().ToString(), VaultId: v.Id)),
        ];
    }

    /// <summary>How many approvers more than the quorum the entry needs.</summary>
    public static int Extra(WhitelistEntry entry, StopView stops, Governed governed) => Find(entry, stops, governed).Count > 0 ? ExtraApprovals : 0;

    /// <summary>True when the addresses, as their significant characters, are not equal and share the first and last ones.</summary>
    public static bool Resemble(ReadOnlySpan<char> one, ReadOnlySpan<char> other, (int First, int Last) terms) =>
        !one.Equals(other, StringComparison.OrdinalIgnoreCase)
        && one[..Math.Min(terms.First, one.Length)].Equals(other[..Math.Min(terms.First, other.Length)], StringComparison.OrdinalIgnoreCase)
        && one[^Math.Min(terms.Last, one.Length)..].Equals(other[^Math.Min(terms.Last, other.Length)..], StringComparison.OrdinalIgnoreCase);

    /// <summary>What of an address tells it from others: without the 0x, the network's prefix and the version, which every address has alike.</summary>
    public static string Significant(ChainId chain, string address) =>
        chain.IsEvm ? address[Math.Min(2, address.Length)..]
        : Bech32.Decode(address) is { Variant: Bech32Variant.Bech32 or Bech32Variant.Bech32m, Prefix: { } prefix } ? address[(prefix.Length + 2)..]
        : address[Math.Min(1, address.Length)..];
}
