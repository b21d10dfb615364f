using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>What an HTTP answer must be. Without one an answer must be a success.</summary>
/// <param name="Http">The status.</param>
/// <param name="Code">The refusal's code; required with a status that refuses.</param>
/// <param name="Field">The field at fault.</param>
internal sealed record HttpExpectation(int Http, string? Code = null, string? Field = null)
{
    public static void Check(HttpExpectation? expected, Answer answer)
    {
        if (expected is null ? !answer.IsSuccess : answer.Status != expected.Http || answer["code"] != expected.Code || (expected.Field is { } field && answer["field"] != field))
        {
            throw new ScenarioException($"the answer is {answer.Status} {answer.Text}, and should be {expected?.ToString() ?? "a success"}");
        }
    }

    /// <summary>A status that refuses needs its code, so that no script passes on a refusal for another reason.</summary>
    public string? Problem() => Http >= 400 && Http < 500 && Code is null ? "An expected refusal names its code." : null;
}
