using System.Diagnostics;
using Custody.Core.Gate;
using Custody.Core.Results;
using Custody.Functions.Roles;
using Custody.Functions.Sending;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Custody.Functions.Tests.Roles;

/// <summary>A role that is away, that answers nonsense, or that is somebody else, is a silence: never a refusal, and never an answer.</summary>
public sealed class RoleSilenceTests
{
    private static readonly Dictionary<string, RequestDelegate> Silences = new(StringComparer.Ordinal)
    {
        ["an error"] = http => Answer(http, 500, """{"outcome":"signed","sighash":"aa","transactionId":"0xbb","version":1}"""),
        ["a redirect"] = http =>
        {
            http.Response.Redirect("https://127.0.0.1:1/");
            return Task.CompletedTask;
        },
        ["nothing"] = http => Answer(http, 200, ""),
        ["text"] = http => Answer(http, 200, "signed"),
        ["another version"] = http => Answer(http, 200, """{"outcome":"signed","sighash":"aa","transactionId":"0xbb","version":2}"""),
        ["an unknown member"] = http => Answer(http, 200, """{"approved":true,"outcome":"signed","sighash":"aa","transactionId":"0xbb","version":1}"""),
        ["a member too few"] = http => Answer(http, 200, """{"outcome":"signed","sighash":"aa","version":1}"""),
        ["not canonical"] = http => Answer(http, 200, """{"outcome": "signed","sighash":"aa","transactionId":"0xbb","version":1}"""),
        ["too much"] = http => Answer(http, 200, new string(' ', 2 * 1024 * 1024)),
        ["a broken connection"] = http =>
        {
            http.Abort();
            return Task.CompletedTask;
        },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Silences.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Call_NoProperAnswer_IsUnknown(string silence)
    {
        await using var signer = await FalseRole.StartAsync(CustodyRole.Signer, Silences[silence]);
        using var client = signer.Client(CustodyRole.Signer);

        Assert.Equal(RefusalCode.RoleUnavailable, Assert.IsType<GateOutcome.Unknown>(await new RemoteSigner(client).SignAsync("w1", Cancellation)).Code);
        Assert.IsType<GateOutcome.Unknown>(Assert.IsType<GateReadiness.Obstacle>(await new RemoteSigner(client).ReadyAsync("w1", Cancellation)).Why);

        await using var sender = await FalseRole.StartAsync(CustodyRole.Sender, Silences[silence]);
        using var sending = sender.Client(CustodyRole.Sender);

        Assert.IsType<CertifyOutcome.Unknown>(await new RemoteSender(sending).CertifyAsync(new SignedId("w1", 1, "aa"), Cancellation));
        Assert.IsType<SendOutcome.Unknown>(await new RemoteSender(sending).SendAsync(new SignedId("w1", 1, "aa"), Cancellation));
    }

    [Fact]
    public async Task Call_AnswersLate_IsUnknown()
    {
        await using var signer = await FalseRole.StartAsync(CustodyRole.Signer, http => Task.Delay(TimeSpan.FromMinutes(1), TimeProvider.System, http.RequestAborted));
        using var client = signer.Client(CustodyRole.Signer, TimeSpan.FromMilliseconds(200));

        Assert.IsType<GateOutcome.Unknown>(await new RemoteSigner(client).SignAsync("w1", Cancellation));
    }

    [Theory]
    [InlineData(CustodyRole.Sender, true)]
    [InlineData(CustodyRole.Pipeline, true)]
    [InlineData(CustodyRole.Signer, false)]
    public async Task Call_SomebodyElseAnswers_IsToldNothing(CustodyRole role, bool ofOurAuthority)
    {
        var called = 0;
        await using var other = await FalseRole.StartAsync(
            role,
            http =>
            {
                called++;
                return Answer(http, 200, """{"outcome":"signed","sighash":"aa","transactionId":"0xbb","version":1}""");
            },
            ofOurAuthority);
        using var client = other.Client(CustodyRole.Signer);

        Assert.IsType<GateOutcome.Unknown>(await new RemoteSigner(client).SignAsync("w1", Cancellation));
        Assert.Equal(0, called);
    }

    [Fact]
    public async Task Call_InATrace_TakesItAlong()
    {
        var seen = "";
        await using var signer = await FalseRole.StartAsync(
            CustodyRole.Signer,
            http =>
            {
                seen = http.Request.Headers.TraceParent.ToString();
                return Answer(http, 200, """{"outcome":"signed","sighash":"aa","transactionId":"0xbb","version":1}""");
            });
        using var client = signer.Client(CustodyRole.Signer);
        using var stage = new Activity("a stage").SetIdFormat(ActivityIdFormat.W3C).Start();

        Assert.Equal(new GateOutcome.Signed("aa", "0xbb"), await new RemoteSigner(client).SignAsync("w1", Cancellation));

        Assert.Contains(stage.TraceId.ToHexString(), seen, StringComparison.Ordinal);
    }

    private static async Task Answer(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(body, http.RequestAborted);
    }
}
