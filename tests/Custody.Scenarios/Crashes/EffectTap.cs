using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Crashes;

/// <summary>
/// Every side effect of the app passes here on its way out: what it writes to storage (the stores', the journals' and the
/// orchestrations'), what it asks of a vault and what it sends to the node. It is counted for the payment that it is about, and
/// fails where that payment's fault is. What is about no payment (leases, cursors, call tokens) passes.
/// </summary>
internal sealed partial class EffectTap(ICrashChain chain)
{
    private readonly Lock _lock = new();
    private readonly List<WatchedPayment> _watched = [];

    /// <summary>Kills the app.</summary>
    public Action KillApp { get; set; } = () => { };

    /// <summary>Counts a payment's effects from now on.</summary>
    public void Watch(WatchedPayment payment)
    {
        lock (_lock)
        {
            _watched.Add(payment);
        }
    }

    /// <summary>Lets a storage request pass, or not.</summary>
    public Task<Passage> StorageAsync(string effect, string text, string? request, Func<Task> happen)
    {
        var owner = Owner(p => p.IsIn(text));
        if (owner is not null && Sighash().Match(text) is { Success: true } line)
        {
            owner.KnownBy(line.Groups[1].Value);
        }

        return PassAsync(owner, effect, request, happen);
    }

    /// <summary>Lets a call to the node pass, or answers that it is refused, or breaks its connection.</summary>
    public async Task<JsonObject> NodeAsync(NodeCall call)
    {
        JsonObject? answer = null;
        var passage = await PassAsync(Owner(p => chain.IsEffectOf(call, p.Number)), call.Method, null, async () => answer = await call.AskAsync());
        return passage switch
        {
            Passage.Answer => answer!,
            Passage.Refusal => call.Error("transaction underpriced"),
            _ => throw new NodeSilenceException(),
        };
    }

    /// <summary>What becomes of a signature that the app is about to ask a vault for. The app tells afterwards when it must.</summary>
    public Fault Vault(string digest)
    {
        var (fault, _) = Owner(p => p.IsIn(digest))?.Count("vault sign", null) ?? default;
        if (fault == Fault.DiesBefore)
        {
            KillApp();
        }

        return fault;
    }

    private async Task<Passage> PassAsync(WatchedPayment? owner, string effect, string? request, Func<Task> happen)
    {
        var (fault, again) = owner?.Count(effect, request) ?? default;
        if (fault == Fault.DiesBefore)
        {
            KillApp();
            return Passage.Silence;
        }

        if (fault == Fault.Refused)
        {
            return Passage.Refusal;
        }

        if (!(fault == Fault.Silent && again))
        {
            await happen();
        }

        if (fault == Fault.DiesAfter)
        {
            KillApp();
        }

        return fault == Fault.None || (fault == Fault.AnswerLost && again) ? Passage.Answer : Passage.Silence;
    }

    private WatchedPayment? Owner(Func<WatchedPayment, bool> isOf)
    {
        lock (_lock)
        {
            return _watched.FirstOrDefault(isOf);
        }
    }

    [GeneratedRegex("\"sighash\":\"([0-9a-f]{64})\"")]
    private static partial Regex Sighash();
}
