using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Cli.Outcomes;
using Custody.Core.Encoding;

namespace Custody.Cli.Api;

/// <summary>Turns replies into outcomes.</summary>
internal static class ApiReplies
{
    /// <summary>The answer, or the outcome of a call that read nothing.</summary>
    public static Step<AnsweredBody> OfRead(this ApiReply reply) => reply switch
    {
        ApiReply.Answered answered => new AnsweredBody(answered.Status, answered.Body),
        ApiReply.Problem problem => new CliOutcome.Refused(problem.Body),
        ApiReply.Unreachable unreachable => CliOutcome.Refused.Because(Codes.Unreachable, "The API cannot be reached.", unreachable.Detail),
        ApiReply.Unknown unknown => CliOutcome.Refused.Because(Codes.AnswerMalformed, "The API's answer cannot be read.", unknown.Detail),
        _ => throw new InvalidOperationException($"The reply {reply} is not known."),
    };

    /// <summary>The same after a write: when no answer came it may have happened, and <paramref name="howToTell"/> says how to find out.</summary>
    public static Step<AnsweredBody> OfWrite(this ApiReply reply, string howToTell) => reply is ApiReply.Unknown unknown
        ? CliOutcome.Refused.Because(Codes.OutcomeUnknown, "It is not known whether this was done.", $"{unknown.Detail} {howToTell}")
        : OfRead(reply);

    /// <summary>Reads an answer as a document that both sides share.</summary>
    public static Step<T> As<T>(this AnsweredBody answer)
        where T : class
    {
        try
        {
            return CanonicalJson.DeserializeLoose<T>(JsonSerializer.SerializeToUtf8Bytes(answer.Body));
        }
        catch (JsonException malformed)
        {
            return CliOutcome.Refused.Because(Codes.AnswerMalformed, "The API's answer cannot be read.", malformed.Message);
        }
    }

    /// <summary>The answer for scripts, as it came.</summary>
    public static JsonNode Document(this AnsweredBody answer) => JsonNode.Parse(answer.Body.GetRawText())!;
}
