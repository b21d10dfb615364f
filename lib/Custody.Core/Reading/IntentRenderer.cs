using System.Globalization;
using System.Text.Json;
using Custody.Core.Approvals;
using Custody.Core.Governance;
using Custody.Core.Policy;

namespace Custody.Core.Reading;

/// <summary>Says a verified bundle in plain words and units. Every value comes from what was verified, but for the section that says it does not.</summary>
public static class IntentRenderer
{
    private const int GweiDecimals = 9;

    /// <summary>Renders the page as it is now: how old and how long are counted from there.</summary>
    public static IntentPage Render(VerifiedBundle bundle, DateTimeOffset now) => new(
        $"Withdrawal {bundle.Intent.WithdrawalId}, attempt {bundle.Intent.Attempt.ToString(CultureInfo.InvariantCulture)}",
        [
            new ReadingSection("Verified from the pinned trust root", IsSigned: true, SignedLines(bundle, now)),
            new ReadingSection("The server's word only: under no signature", IsSigned: false, ToldLines(bundle, now)),
        ]);

    private static List<ReadingLine> SignedLines(VerifiedBundle bundle, DateTimeOffset now)
    {
        var (intent, governed) = (bundle.Intent, bundle.Governed);
        var asset = governed.Asset(intent.Asset)!;
        var vault = governed.Vault(intent.VaultId)!;
        var client = governed.Document.Clients.First(c => c.Id == intent.ClientId);
        List<ReadingLine> lines =
        [
            new("Pay", $"{UnitAmount.Format(intent.Amount, asset.Decimals)} {SafeText.Of(asset.Symbol)}", $"{intent.Amount} base units of {intent.Asset}"),
            new("To", AddressText.Grouped(intent.Destination), $"“{SafeText.Of(bundle.Admitted.Entry.Label)}”, whitelist entry {bundle.Admitted.Entry.EntryId}"),
        ];
        if (asset.Contract() is { } contract)
        {
            lines.Add(new("Token", AddressText.Grouped(contract.ToString()), "the contract that is called; a symbol is only a name"));
        }

        if (intent.Memo is { } memo)
        {
            lines.Add(new("Memo", SafeText.Of(memo)));
        }

        lines.AddRange(
        [
            Fee(bundle, asset),
            new("For", $"customer {intent.CustomerId}, {Word(bundle.Admitted.Customer.Class)}", $"of {SafeText.Of(client.Name)} ({client.Id})"),
            new("From", $"vault {vault.Id}{OneOf(bundle.Admitted.Rule)}, {Word(vault.Tier)}, on {vault.Chain}", vault.Chain.IsEvm ? AddressText.Grouped(vault.EvmAddress().ToString()) : null),
            new("Request", SafeText.Of(intent.RequestId), $"signed with {intent.InitiatorKeyId}, issued {Instant(bundle.Admitted.Request.IssuedAt)}"),
            new("Rule", SafeText.Of(bundle.Admitted.Rule.Id), Rule(bundle.Admitted.Rule)),
            new("Votes", $"{bundle.Tally.Approvals} of {bundle.Tally.Needed}", Votes(bundle)),
            new("Expires", Instant(intent.ExpiresAt), Left(intent.ExpiresAt, now)),
            new("Governance", $"version {governed.Document.Version}", governed.Digest),
            new("Intent", bundle.IntentDigest),
        ]);
        return lines;
    }

    private static List<ReadingLine> ToldLines(VerifiedBundle bundle, DateTimeOffset now)
    {
        List<ReadingLine> lines =
        [
            new("Status", Word(bundle.StatusAsTold)),
            new("Entry", $"active since {Instant(bundle.ActivatedAsTold)}", $"for {Span(now - bundle.ActivatedAsTold)}"),
        ];
        if (bundle.DeadlineAsTold is { } deadline)
        {
            lines.Add(new("Decide by", Instant(deadline), Left(deadline, now)));
        }

        return lines;
    }

    private static ReadingLine Fee(VerifiedBundle bundle, AssetRegistration asset)
    {
        var (intent, fee) = (bundle.Intent, bundle.Intent.Fee);
        var rate = intent.Asset.Chain.IsEvm ? $"at most {UnitAmount.Format(fee.MaxRate, GweiDecimals)} gwei per gas" : $"at most {fee.MaxRate} per unit";
        if (intent.Asset.IsNative)
        {
            return new("Fee", $"at most {UnitAmount.Format(fee.MaxTotal, asset.Decimals)} {SafeText.Of(asset.Symbol)}, {UnitAmount.PercentOf(fee.MaxTotal, intent.Amount)} of the amount", rate);
        }

        // A token's fee is paid in the chain's own coin; where governance registers it, its units are known too.
        var coin = bundle.Governed.Document.Assets.FirstOrDefault(a => a.Id.Chain == intent.Asset.Chain && a.Id.IsNative);
        return coin is null
            ? new("Fee", $"at most {fee.MaxTotal} base units of the chain's coin", rate)
            : new("Fee", $"at most {UnitAmount.Format(fee.MaxTotal, coin.Decimals)} {SafeText.Of(coin.Symbol)}", rate);
    }

    // Which of them pays is the server's choice, so it is said that there were others.
    private static string OneOf(PolicyRule rule) => rule.Vaults is null ? "" : $" (of {string.Join(", ", rule.PayingVaults())})";

    // What the rule asks for, all of it: whoever reads decides whether the votes are enough, and a rule that asks for nobody says so.
    private static string Rule(PolicyRule rule)
    {
        var quorum = rule.Approvals;
        List<string> asked = [quorum.IsAutomatic() ? "automatic: nobody's approval is needed" : $"{Count(quorum.Min, "person", "people")} from {Count(quorum.MinSites, "site", "sites")}"];
        if (quorum.Roles is { } named)
        {
            asked.Add(string.Join(" or ", named.Select(SafeText.Of)));
        }

        asked.AddRange((quorum.Groups ?? []).Select(g => $"with {g.Min.ToString(CultureInfo.InvariantCulture)} {SafeText.Of(g.Role)} from {Count(g.MinSites, "site", "sites")}"));
        if (quorum.WebAuthn == true)
        {
            asked.Add("votes by WebAuthn count beside one that verified this");
        }

        if (rule.VideoConfirmation == true)
        {
            asked.Add("a video call must be recorded");
        }

        return string.Join(", ", [.. asked, CoolingOff(rule)]);
    }

    private static string Votes(VerifiedBundle bundle) => bundle.Votes.Count == 0
        ? "nobody has voted"
        : string.Join(", ", bundle.Votes.Select(v =>
            $"{v.Approver.Id} ({SafeText.Of(v.Approver.Site)}) {(v.Statement.Decision == ApprovalDecision.Approve ? "approved" : "rejected")}{Unread(v.Approver, v.Statement)}"));

    // Who votes by WebAuthn was shown a page that nobody verified; somebody whose device did must be among those who approve.
    private static string Unread(Approver approver, ApprovalStatement statement) =>
        approver.Devices.Any(d => d.Id == statement.DeviceId && d.WebAuthn is not null) ? " by WebAuthn, without verifying it" : "";

    private static string CoolingOff(PolicyRule rule) =>
        rule.CoolingOffSeconds == 0 ? "signed at once" : $"signed {Span(TimeSpan.FromSeconds(rule.CoolingOffSeconds))} after";

    private static string Left(DateTimeOffset until, DateTimeOffset now) => until > now ? $"in {Span(until - now)}" : "past";

    // Rounded down: a countdown never promises more than there is, nor an entry more age than it has.
    private static string Span(TimeSpan span) =>
        span < TimeSpan.FromMinutes(1) ? "less than a minute"
        : span < TimeSpan.FromHours(1) ? Count(span.Minutes, "minute", "minutes")
        : span < TimeSpan.FromDays(1) ? $"{Count(span.Hours, "hour", "hours")} {Count(span.Minutes, "minute", "minutes")}"
        : $"{Count(span.Days, "day", "days")} {Count(span.Hours, "hour", "hours")}";

    private static string Count(int number, string one, string many) => $"{number.ToString(CultureInfo.InvariantCulture)} {(number == 1 ? one : many)}";

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
