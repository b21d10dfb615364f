using Custody.Core.Customers;
using Custody.Core.Results;

namespace Custody.Core.Policy;

/// <summary>
/// Rule: a retail customer withdraws only the assets that governance names for retail, and nothing worth more than a day's
/// limit. What the day adds up to is reserved as a window of <see cref="LimitScope.CustomerValue"/>.
/// </summary>
internal static class RetailRule
{
    public static Verdict Check(PolicyQuestion question)
    {
        if (question.CustomerClass == CustomerClass.Professional)
        {
            return Verdict.Allowed;
        }

        return question.Governed.Document.Retail is not { } terms
                ? Verdict.Refused(RefusalCode.RetailTermsMissing, "Governance has no terms for retail customers.")
            : !terms.Assets.Contains(question.Request.Asset)
                ? Verdict.Refused(RefusalCode.RetailAssetForbidden, $"The asset {question.Request.Asset} is not one that retail customers may withdraw.")
            : question.Value is not { } value ? RuleMatch.PriceRefusal(question.Facts.Price)
            : value > terms.MaxDailyValue
                ? Verdict.Refused(RefusalCode.VelocityExceeded, $"The withdrawal is worth {value}, and a retail customer's daily limit is {terms.MaxDailyValue}.")
            : Verdict.Allowed;
    }
}
