using System.Text.Json;
using Custody.Chains.Evm;
using Custody.Core.Gate;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Functions.Roles;
using Custody.Functions.Sending;
using Custody.Vaults.Journals;
using Xunit;

namespace Custody.Functions.Tests.Roles;

/// <summary>Every answer between roles comes back as it was, and what is none is no answer.</summary>
public sealed class RoleAnswersTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly GateOutcome[] Outcomes =
    [
        new GateOutcome.Signed("aa", "0xbb"),
        new GateOutcome.Refused(RefusalCode.SlotTaken, "a test", MayBeSigned: true),
        new GateOutcome.Refused(RefusalCode.Frozen, "", MayBeSigned: false),
        new GateOutcome.NotYet(At),
        new GateOutcome.NotYet(At, RefusalCode.SanctionsListStale, "a test"),
        new GateOutcome.Unknown(RefusalCode.VaultUnavailable, "a test"),
    ];

    [Fact]
    public void Gate_EveryOutcome_ComesBack() => Assert.All(Outcomes, o => Assert.Equal(o, RoleAnswers.Gate(RoleAnswers.Of(o))));

    [Fact]
    public void Readiness_EveryAnswer_ComesBack()
    {
        Assert.IsType<GateReadiness.Ready>(RoleAnswers.Readiness(RoleAnswers.Of(new GateReadiness.Ready())));
        Assert.All(Outcomes.Skip(1), o => Assert.Equal(new GateReadiness.Obstacle(o), RoleAnswers.Readiness(RoleAnswers.Of(new GateReadiness.Obstacle(o)))));
    }

    // A signature is never an obstacle, and never makes one ready.
    [Fact]
    public void Readiness_Signed_IsMalformed() => Assert.Throws<JsonException>(() => RoleAnswers.Readiness(RoleAnswers.Of(Outcomes[0])));

    [Fact]
    public void Certify_EveryOutcome_ComesBack() => Assert.All(
        new CertifyOutcome[]
        {
            new CertifyOutcome.Certified("a.b.c", "0xbb"), new CertifyOutcome.Mismatch("hot-1", "a test"), new CertifyOutcome.Refused(RefusalCode.NotFound, "a test"),
            new CertifyOutcome.Unknown(RefusalCode.RoleUnavailable, "a test"),
        },
        o => Assert.Equal(o, RoleAnswers.Certify(RoleAnswers.Of(o))));

    [Fact]
    public void Send_EveryOutcome_ComesBack()
    {
        Assert.All(Enum.GetValues<BroadcastVerdict>(), v =>
        {
            var outcome = new SendOutcome.Answered(new BroadcastAnswer(v, "a test"));
            Assert.Equal(outcome, RoleAnswers.Send(RoleAnswers.Of(outcome)));
        });
        Assert.Equal(new SendOutcome.Refused(RefusalCode.Stopped, "a test"), RoleAnswers.Send(RoleAnswers.Of(new SendOutcome.Refused(RefusalCode.Stopped, "a test"))));
        Assert.Equal(new SendOutcome.Unknown(RefusalCode.NodeUnavailable, ""), RoleAnswers.Send(RoleAnswers.Of(new SendOutcome.Unknown(RefusalCode.NodeUnavailable, ""))));
    }

    [Fact]
    public void Append_EveryAnswer_ComesBack() => Assert.All(
        new AppendAnswer[] { new AppendAnswer.Appended(new JournalHead(7, "aa")), new AppendAnswer.Conflict(), new AppendAnswer.Refused(RefusalCode.FactUnproven, "a test") },
        a => Assert.Equal(a, RoleAnswers.Append(RoleAnswers.Of(a))));

    private static readonly AnswerMessage[] Malformed =
    [
        new(1, ""), new(1, "allowed"), new(1, "signed", Sighash: "aa"), new(1, "signed", TransactionId: "0xbb"), new(1, "refused", "frozen", "a test"),
        new(1, "refused", "no-such-code", "a test", MayBeSigned: false), new(1, "refused", "frozen", MayBeSigned: false), new(1, "not-yet", "unspecified", ""), new(1, "unknown", Detail: "a test"),
    ];

    [Fact]
    public void Gate_Malformed_IsNoAnswer() => Assert.All(Malformed, answer => Assert.Throws<JsonException>(() => RoleAnswers.Gate(answer)));

    [Fact]
    public void Others_Malformed_AreNoAnswer()
    {
        Assert.Throws<JsonException>(() => RoleAnswers.Certify(new AnswerMessage(1, "certified", Certificate: "a.b.c")));
        Assert.Throws<JsonException>(() => RoleAnswers.Certify(new AnswerMessage(1, "mismatch", Detail: "a test")));
        Assert.Throws<JsonException>(() => RoleAnswers.Send(new AnswerMessage(1, "answered", Broadcast: "Great", Detail: "")));
        Assert.Throws<JsonException>(() => RoleAnswers.Send(new AnswerMessage(1, "answered", Broadcast: "1", Detail: "")));
        Assert.Throws<JsonException>(() => RoleAnswers.Append(new AnswerMessage(1, "appended")));
        Assert.Throws<JsonException>(() => RoleAnswers.Append(new AnswerMessage(1, "certified", Certificate: "a.b.c", TransactionId: "0xbb")));
    }
}
