using System.Text.Json;
using Custody.Chains.Evm;
using Custody.Core.Gate;
using Custody.Core.Results;
using Custody.Functions.Sending;
using Custody.Vaults.Journals;

namespace Custody.Functions.Roles;

/// <summary>
/// Answers between roles, written and read. What is not exactly one of them throws <see cref="JsonException"/>: a malformed answer is
/// no answer.
/// </summary>
public static class RoleAnswers
{
    private const string Signed = "signed", Refused = "refused", NotYet = "not-yet", Unknown = "unknown", Ready = "ready", Certified = "certified";
    private const string Mismatch = "mismatch", Answered = "answered", Appended = "appended", Conflict = "conflict";

    /// <summary>The gate's answer.</summary>
    public static AnswerMessage Of(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Signed signed => new(1, Signed, Sighash: signed.Sighash, TransactionId: signed.TransactionId),
        GateOutcome.Refused refused => new(1, Refused, refused.Code.Text(), refused.Detail, MayBeSigned: refused.MayBeSigned),
        GateOutcome.NotYet notYet => new(1, NotYet, notYet.Code.Text(), notYet.Detail, Until: notYet.Until),
        GateOutcome.Unknown unknown => new(1, Unknown, unknown.Code.Text(), unknown.Detail),
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no answer of the gate."),
    };

    /// <summary>The gate's readiness.</summary>
    public static AnswerMessage Of(GateReadiness readiness) => readiness is GateReadiness.Obstacle obstacle ? Of(obstacle.Why) : new(1, Ready);

    /// <summary>The sender's answer about signed bytes.</summary>
    public static AnswerMessage Of(CertifyOutcome outcome) => outcome switch
    {
        CertifyOutcome.Certified certified => new(1, Certified, Certificate: certified.Certificate, TransactionId: certified.TransactionId),
        CertifyOutcome.Mismatch mismatch => new(1, Mismatch, Detail: mismatch.Reason, VaultId: mismatch.VaultId),
        CertifyOutcome.Refused refused => new(1, Refused, refused.Code.Text(), refused.Detail),
        CertifyOutcome.Unknown unknown => new(1, Unknown, unknown.Code.Text(), unknown.Detail),
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no answer of the sender."),
    };

    /// <summary>The sender's answer about bytes that were to be sent.</summary>
    public static AnswerMessage Of(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Answered { Answer: var answer } => new(1, Answered, Detail: answer.Detail, Broadcast: answer.Verdict.ToString()),
        SendOutcome.Refused refused => new(1, Refused, refused.Code.Text(), refused.Detail),
        SendOutcome.Unknown unknown => new(1, Unknown, unknown.Code.Text(), unknown.Detail),
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no answer of the sender."),
    };

    /// <summary>The signer's answer about a journal's line.</summary>
    public static AnswerMessage Of(AppendAnswer answer) => answer switch
    {
        AppendAnswer.Appended appended => new(1, Appended, Head: appended.Head),
        AppendAnswer.Conflict => new(1, Conflict),
        AppendAnswer.Refused refused => new(1, Refused, refused.Code.Text(), refused.Detail),
        _ => throw new InvalidOperationException($"{answer.GetType().Name} is no answer about a line."),
    };

    /// <summary>Reads the gate's answer.</summary>
    public static GateOutcome Gate(AnswerMessage answer) => answer switch
    {
        { Outcome: Signed, Sighash: { } sighash, TransactionId: { } transaction } => new GateOutcome.Signed(sighash, transaction),
        { Outcome: Refused, Detail: { } detail, MayBeSigned: { } mayBeSigned } => new GateOutcome.Refused(CodeOf(answer), detail, mayBeSigned),
        { Outcome: NotYet, Detail: { } detail, Until: { } until } => new GateOutcome.NotYet(until, CodeOf(answer), detail),
        { Outcome: Unknown, Detail: { } detail } => new GateOutcome.Unknown(CodeOf(answer), detail),
        _ => throw Malformed(answer),
    };

    /// <summary>Reads the gate's readiness.</summary>
    public static GateReadiness Readiness(AnswerMessage answer) => answer.Outcome == Ready ? new GateReadiness.Ready()
        : Gate(answer) is { } why and not GateOutcome.Signed ? new GateReadiness.Obstacle(why)
        : throw Malformed(answer);

    /// <summary>Reads the sender's answer about signed bytes.</summary>
    public static CertifyOutcome Certify(AnswerMessage answer) => answer switch
    {
        { Outcome: Certified, Certificate: { } certificate, TransactionId: { } transaction } => new CertifyOutcome.Certified(certificate, transaction),
        { Outcome: Mismatch, VaultId: { } vault, Detail: { } reason } => new CertifyOutcome.Mismatch(vault, reason),
        { Outcome: Refused, Detail: { } detail } => new CertifyOutcome.Refused(CodeOf(answer), detail),
        { Outcome: Unknown, Detail: { } detail } => new CertifyOutcome.Unknown(CodeOf(answer), detail),
        _ => throw Malformed(answer),
    };

    /// <summary>Reads the sender's answer about bytes that were to be sent.</summary>
    public static SendOutcome Send(AnswerMessage answer) => answer switch
    {
        { Outcome: Answered, Broadcast: { } verdict, Detail: { } detail } when Enum.GetNames<BroadcastVerdict>().Contains(verdict) =>
            new SendOutcome.Answered(new BroadcastAnswer(Enum.Parse<BroadcastVerdict>(verdict), detail)),
        { Outcome: Refused, Detail: { } detail } => new SendOutcome.Refused(CodeOf(answer), detail),
        { Outcome: Unknown, Detail: { } detail } => new SendOutcome.Unknown(CodeOf(answer), detail),
        _ => throw Malformed(answer),
    };

    /// <summary>Reads the signer's answer about a journal's line.</summary>
    public static AppendAnswer Append(AnswerMessage answer) => answer switch
    {
        { Outcome: Appended, Head: { } head } => new AppendAnswer.Appended(head),
        { Outcome: Conflict } => new AppendAnswer.Conflict(),
        { Outcome: Refused, Detail: { } detail } => new AppendAnswer.Refused(CodeOf(answer), detail),
        _ => throw Malformed(answer),
    };

    private static RefusalCode CodeOf(AnswerMessage answer) => RefusalCodes.Find(answer.Code ?? "") ?? throw Malformed(answer);

    private static JsonException Malformed(AnswerMessage answer) => new($"'{answer.Outcome}' with these members is no answer to the call.");
}
