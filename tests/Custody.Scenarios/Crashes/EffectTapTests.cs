using System.Text.Json.Nodes;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Crashes;

/// <summary>The harness itself: a fault that strikes nothing, or something else, would prove nothing.</summary>
public sealed class EffectTapTests
{
    private int _happened;
    private int _killed;

    [Theory]
    [InlineData(Fault.None, 1, 0, "Answer Answer")]
    [InlineData(Fault.Refused, 0, 0, "Refusal Refusal")]
    [InlineData(Fault.AnswerLost, 1, 0, "Silence Answer")]
    [InlineData(Fault.Silent, 1, 0, "Silence Silence")]
    [InlineData(Fault.DiesBefore, 0, 1, "Silence")]
    [InlineData(Fault.DiesAfter, 1, 1, "Silence")]
    public async Task Storage_StruckEffect_HappensAndAnswersAsTheFaultSays(Fault fault, int happens, int kills, string answers)
    {
        var (tap, payment) = Watched(fault, new CrashPoint(2, "POST Ledger", 1));

        Assert.Equal(Passage.Answer, await tap.StorageAsync("POST Withdrawals", "about w-1", "request-1", HappenAsync));
        Assert.Equal((1, 0), (_happened, _killed));
        _happened = 0;
        var first = await tap.StorageAsync("POST Ledger", "about w-1", "request-2", HappenAsync);
        Assert.Equal((happens, kills), (_happened, _killed));
        Assert.True(payment.Struck.Task.IsCompleted);
        var again = fault is Fault.DiesBefore or Fault.DiesAfter ? "" : $" {await tap.StorageAsync("POST Ledger", "about w-1", "request-2", HappenAsync)}";

        Assert.Equal(answers, first + again);
        Assert.Equal(["POST Withdrawals", "POST Ledger"], payment.Effects);
    }

    [Fact]
    public async Task Storage_SecondOfAKind_IsStruckAndNotTheFirst()
    {
        var (tap, _) = Watched(Fault.Refused, new CrashPoint(9, "POST Ledger", 2));

        Assert.Equal(Passage.Answer, await tap.StorageAsync("POST Ledger", "w-1", "a", HappenAsync));
        Assert.Equal(Passage.Refusal, await tap.StorageAsync("POST Ledger", "w-1", "b", HappenAsync));
        Assert.Equal(Passage.Answer, await tap.StorageAsync("POST Ledger", "w-1", "c", HappenAsync));
    }

    [Fact]
    public async Task Storage_AboutNobody_IsNotCounted()
    {
        var (tap, payment) = Watched(Fault.Refused, new CrashPoint(1, "POST Ledger", 1));

        Assert.Equal(Passage.Answer, await tap.StorageAsync("POST Ledger", "about another", "a", HappenAsync));
        Assert.Empty(payment.Effects);
    }

    [Fact]
    public async Task Vault_DigestOfTheJournalsLine_IsThePayments()
    {
        var (tap, payment) = Watched(Fault.Silent, new CrashPoint(2, "vault sign", 1));
        var digest = new string('a', 64);

        Assert.Equal(Fault.None, tap.Vault(digest));
        await tap.StorageAsync("PUT journals", $$"""{"withdrawalId":"w-1","sighash":"{{digest}}"}""", "a", HappenAsync);

        Assert.Equal(Fault.Silent, tap.Vault(digest));
        Assert.Equal(["PUT journals", "vault sign"], payment.Effects);
    }

    [Fact]
    public async Task Node_BytesWithThePaymentsAmount_AreStruckAndOthersPass()
    {
        var (tap, payment) = Watched(Fault.AnswerLost, new CrashPoint(1, "eth_sendRawTransaction", 1));

        await tap.NodeAsync(Send("0x02f80280872386f26fc1000280c0"));
        await Assert.ThrowsAsync<NodeSilenceException>(() => tap.NodeAsync(Send("0x02f80280872386f26fc1000180c0")));

        Assert.Equal(2, _happened);
        Assert.Equal(["eth_sendRawTransaction"], payment.Effects);
    }

    private (EffectTap Tap, WatchedPayment Payment) Watched(Fault fault, CrashPoint at)
    {
        var tap = new EffectTap(new EvmCrashChain()) { KillApp = () => _killed++ };
        var payment = new WatchedPayment(1, "w-1", Way.Paid, fault, at);
        tap.Watch(payment);
        return (tap, payment);
    }

    private NodeCall Send(string raw) => new(
        new JsonObject { ["method"] = "eth_sendRawTransaction", ["params"] = new JsonArray(raw) },
        async () =>
        {
            await HappenAsync();
            return [];
        });

    private Task HappenAsync()
    {
        _happened++;
        return Task.CompletedTask;
    }
}
