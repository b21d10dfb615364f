using System.Globalization;
using System.Text.Json;
using Custody.Core.Whitelisting;

namespace Custody.Core.Reading;

/// <summary>Makes the page that an approver reads before signing for a whitelist entry: what is verified apart from what the server says.</summary>
public static class EntryRenderer
{
    private const int MostLookAlikes = 5;

    /// <summary>The page.</summary>
    public static IntentPage Render(VerifiedEntry verified) => new(
        $"Whitelist entry {verified.Entry.EntryId}",
        [
            new ReadingSection("Verified on this device, from the pinned trust root", true, Signed(verified)),
            new ReadingSection("The server's word only: under no signature", false, Told(verified)),
        ]);

    private static List<ReadingLine> Signed(VerifiedEntry verified)
    {
        var (entry, governed) = (verified.Entry, verified.Governed);
        var client = governed.Document.Clients.First(c => c.Id == entry.ClientId);
        var terms = governed.Document.Whitelist;
        List<ReadingLine> lines =
        [
            new("To", AddressText.Grouped(entry.Address), $"on {entry.Chain}, “{SafeText.Of(entry.Label)}”"),
            new("For", $"customer {entry.CustomerId}", $"of {SafeText.Of(client.Name)} ({client.Id}), who signed it"),
            new("Proposed", Instant(entry.CreatedAt)),
            new("Signed", $"{verified.Tally.Approvers.Count} of {verified.Tally.Needed}", Names(verified.Tally)),
            new("Cooling-off", $"{Hours(terms.CoolingOffSeconds)} from when enough have signed"),
            new("Governance", $"version {governed.Document.Version}", governed.Digest),
            new("Entry", entry.Digest()),
        ];
        lines.AddRange(verified.VaultLookAlikes.Take(MostLookAlikes).Select(Line));
        return lines;
    }

    private static List<ReadingLine> Told(VerifiedEntry verified) =>
    [
        new("Status", JsonNamingPolicy.CamelCase.ConvertName(verified.StatusAsTold.ToString())),
        verified.LookAlikesAsTold.Count == 0
            ? new("Looks like", "no other address")
            : new("Looks like", $"{verified.LookAlikesAsTold.Count} other {(verified.LookAlikesAsTold.Count == 1 ? "address" : "addresses")}", "Compare every character; one approver more must sign."),
        .. verified.LookAlikesAsTold.Take(MostLookAlikes).Select(Line),
    ];

    private static ReadingLine Line(LookAlike found) => new(
        "Looks like",
        AddressText.Grouped(SafeText.Of(found.Address)),
        found.VaultId is { } vault ? $"our own vault {SafeText.Of(vault)}" : $"entry {SafeText.Of(found.EntryId)} of {SafeText.Of(found.ClientId)}");

    private static string Names(WhitelistTally tally) => tally.Approvers.Count == 0
        ? "nobody has signed"
        : string.Join(", ", tally.Approvers.Select(a => $"{a.Id} ({SafeText.Of(a.Site)})"));

    private static string Hours(int seconds) => seconds % 3600 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} hours")
        : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h {seconds / 60 % 60} min {seconds % 60} s");

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
