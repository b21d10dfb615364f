using Custody.Core.Encoding;

namespace Custody.Core.Policy;

/// <summary>Why a rule does not match, as a sentence.</summary>
internal static class ConditionText
{
    public static string Of(PolicyCondition failed, PolicyRule rule, PolicyQuestion question)
    {
        var (request, facts) = (question.Request, question.Facts);
        return failed switch
        {
            PolicyCondition.Asset => $"It is for {string.Join(", ", rule.Assets)}, and the asset is {request.Asset}.",
            PolicyCondition.Client => $"It is for the clients {string.Join(", ", rule.Clients!)}, and the client is {request.ClientId}.",
            PolicyCondition.CustomerClass => $"It is for {Lower(rule.CustomerClasses!)} customers, and the customer is {Lower([question.CustomerClass])}.",
            PolicyCondition.Amount => $"It begins at {rule.MinAmount}, and the amount is {request.Amount}.",
            PolicyCondition.Destination => $"It is for {Lower(rule.Destinations!)} destinations, and this one is {Lower([facts.Destination])}.",
            PolicyCondition.Time => $"Its hours are {string.Join(", or ", rule.Times!.Select(Hours))}, and it is {InstantJsonConverter.Format(facts.At!.Value)}.",
            PolicyCondition.FirstUse => rule.FirstUse == true ? "It is for a whitelist entry's first use, and something was signed for it before." : "It is for whitelist entries that were paid before, and this one was not.",
            PolicyCondition.Value => $"It is for values from {rule.Value!.From ?? 0}{(rule.Value.Below is { } below ? $" and below {below}" : "")}, and this is worth {question.Value}.",
            _ => "All its conditions hold.",
        };
    }

    private static string Hours(TimeWindow window) =>
        $"{window.From} to {window.Until} in {window.Zone}{(window.Days is { } days ? $" on {string.Join(", ", days)}" : "")}";

    private static string Lower<T>(IEnumerable<T> values)
        where T : struct, Enum => string.Join(", ", values.Select(v => v.ToString().ToLowerInvariant()));
}
