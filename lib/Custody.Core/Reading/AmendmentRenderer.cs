using System.Globalization;
using System.Numerics;
using Custody.Core.Amendments;
using Custody.Core.Approvals;
using Custody.Core.Governance;
using Custody.Core.Intents;

namespace Custody.Core.Reading;

/// <summary>Says what a fee bump or a cancel changes, in plain words and units: the difference, and that nothing else differs.</summary>
public static class AmendmentRenderer
{
    private const int GweiDecimals = 9;

    /// <summary>Renders the page as it is now.</summary>
    public static IntentPage Render(VerifiedAmendment amendment, DateTimeOffset now)
    {
        var isCancel = amendment.Intent.Kind == IntentKind.Cancel;
        var what = isCancel ? "Cancel" : "Fee bump";
        return new IntentPage(
            string.Create(CultureInfo.InvariantCulture, $"{what} {amendment.Number} of withdrawal {amendment.Intent.WithdrawalId}, attempt {amendment.Intent.Attempt}"),
            [
                new ReadingSection("Verified from the pinned trust root", IsSigned: true, [.. isCancel ? Cancel(amendment) : Bump(amendment), .. Common(amendment, now)]),
                new ReadingSection(
                    "The server's word only: under no signature", IsSigned: false,
                    [.. isCancel ? [Payment(amendment)] : Array.Empty<ReadingLine>(), new("Status", CamelCase(amendment.StatusAsTold.ToString()))]),
            ]);
    }

    private static List<ReadingLine> Bump(VerifiedAmendment amendment)
    {
        var (payment, bump) = (amendment.Payment, amendment.Intent);
        return
        [
            new("Fee", $"at most {Coin(amendment, payment.Fee.MaxTotal)} → {Coin(amendment, bump.Fee.MaxTotal)}", Share(payment, bump)),
            new("Rate", $"at most {Rate(payment.Fee.MaxRate)} → {Rate(bump.Fee.MaxRate)}"),
            Payment(amendment),
            new("To", AddressText.Grouped(payment.Destination), $"“{SafeText.Of(amendment.Base!.Admitted.Entry.Label)}”, whitelist entry {payment.WhitelistEntryId}"),
            new("Otherwise", "the same payment: nothing but the fee differs", $"of intent {bump.ParentDigest}"),
            new("Proposed by", $"operator {SafeText.Of(amendment.OrderedBy)}", SafeText.Of(amendment.Reason)),
        ];
    }

    private static List<ReadingLine> Cancel(VerifiedAmendment amendment) =>
    [
        new("Pay", "nothing, from the vault's account to itself", $"so that the payment of intent {amendment.Intent.ParentDigest} cannot be made any more"),
        new("From", $"vault {amendment.Intent.VaultId}, on {amendment.Intent.Asset.Chain}", AddressText.Grouped(amendment.Intent.Destination)),
        new("Fee", $"at most {Coin(amendment, amendment.Intent.Fee.MaxTotal)}", $"at most {Rate(amendment.Intent.Fee.MaxRate)}"),
        new("Asked by", $"client {SafeText.Of(amendment.OrderedBy)}", $"signed with {SafeText.Of(amendment.Intent.InitiatorKeyId)}: {SafeText.Of(amendment.Reason)}"),
    ];

    private static IEnumerable<ReadingLine> Common(VerifiedAmendment amendment, DateTimeOffset now)
    {
        var quorum = AmendmentCaps.TermsOf(amendment.Newest.Document.Rules.First(r => r.Id == amendment.Intent.RuleId), amendment.Intent.Kind)!.Approvals;
        return
        [
            new("Rule", SafeText.Of(amendment.Intent.RuleId), $"{Count(quorum.Min, "person", "people")} from {Count(quorum.MinSites, "site", "sites")}{(quorum.Roles is { } roles ? $", {string.Join(" or ", roles.Select(SafeText.Of))}" : "")}"),
            new("Votes", $"{amendment.Tally.Approvals} of {amendment.Tally.Needed}", amendment.Votes.Count == 0 ? "nobody has voted"
                : string.Join(", ", amendment.Votes.Select(v => $"{v.Approver.Id} ({SafeText.Of(v.Approver.Site)}) {(v.Statement.Decision == ApprovalDecision.Approve ? "approved" : "rejected")}"))),
            new("Decide by", amendment.Deadline.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture), amendment.Deadline > now ? null : "past"),
            new("Governance", $"version {amendment.Governed.Document.Version}", amendment.Governed.Digest),
            new("Intent", amendment.IntentDigest),
        ];
    }

    private static ReadingLine Payment(VerifiedAmendment amendment)
    {
        var payment = amendment.Payment;
        var asset = amendment.Governed.Asset(payment.Asset);
        return new("Payment", asset is null ? $"{payment.Amount} base units" : $"{UnitAmount.Format(payment.Amount, asset.Decimals)} {SafeText.Of(asset.Symbol)}", $"{payment.Amount} base units of {payment.Asset}");
    }

    private static string? Share(WithdrawalIntent payment, WithdrawalIntent bump) => payment.Asset.IsNative && payment.Amount.Sign > 0
        ? $"{UnitAmount.PercentOf(payment.Fee.MaxTotal, payment.Amount)} → {UnitAmount.PercentOf(bump.Fee.MaxTotal, payment.Amount)} of the amount"
        : null;

    private static string Rate(BigInteger rate) => $"{UnitAmount.Format(rate, GweiDecimals)} gwei per gas";

    private static string Coin(VerifiedAmendment amendment, BigInteger amount)
    {
        var coin = amendment.Governed.Document.Assets.FirstOrDefault((AssetRegistration a) => a.Id.Chain == amendment.Payment.Asset.Chain && a.Id.IsNative);
        return coin is null ? $"{amount} base units of the chain's coin" : $"{UnitAmount.Format(amount, coin.Decimals)} {SafeText.Of(coin.Symbol)}";
    }

    private static string Count(int number, string one, string many) => $"{number.ToString(CultureInfo.InvariantCulture)} {(number == 1 ? one : many)}";

    private static string CamelCase(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
