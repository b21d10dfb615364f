using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Amendments;
using Custody.Core.Approvals;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>A bench whose payment is signed, and what can be ordered about it.</summary>
internal sealed class AmendmentBench
{
    public const long Gwei = 1_000_000_000;
    public static readonly TimeSpan After = TimeSpan.FromMinutes(10);
    public static readonly AmendmentTerms Terms = new(new Quorum(1, 1, null), new FeeCaps(SampleGovernance.OneEther / 20, 1_000 * Gwei, 500), Most: 2, ApprovalSeconds: 3600);
    public static readonly FeeEnvelope Higher = new(SampleGovernance.OneEther / 50, 500 * Gwei);
    private int _built;

    public AmendmentBench(CustodyWorld? world = null) => Gate = new GateBench(world ?? World());

    public GateBench Gate { get; }

    public WithdrawalIntent Payment => Gate.World.Intent;

    public DateTimeOffset Now => Gate.Time.GetUtcNow();

    public static CustodyWorld World(Func<GovernanceDocument, GovernanceDocument>? edit = null, Func<PolicyRule, PolicyRule>? rule = null)
    {
        var sample = SampleGovernance.Document;
        rule ??= r => r;
        var governed = sample with
        {
            Chains = [sample.Chains[0] with { Replacement = new ReplacementTerms((int)After.TotalSeconds, 2) }],
            Rules = [rule(sample.Rules[0] with { FeeBump = Terms, Cancel = Terms }), sample.Rules[1]],
        };
        return CustodyWorld.Default with { Governance = edit?.Invoke(governed) ?? governed };
    }

    public static async Task<AmendmentBench> SignedAsync(CustodyWorld? world = null)
    {
        var bench = new AmendmentBench(world);
        await bench.Gate.SignedAsync();
        return bench;
    }

    public void Wait(TimeSpan time)
    {
        Gate.Time.Advance(time);
        Gate.ChainTime = Gate.Time.GetUtcNow();
    }

    /// <summary>Stores a fee bump; <paramref name="stored"/> edits what is stored, <paramref name="order"/> what was ordered.</summary>
    public WithdrawalIntent Bump(
        int number, FeeEnvelope? fee = null, Func<WithdrawalIntent, WithdrawalIntent>? stored = null, Func<FeeBumpStatement, FeeBumpStatement>? order = null, SoftwareKey? by = null)
    {
        var envelope = fee ?? Higher;
        var statement = new FeeBumpStatement(1, Payment.WithdrawalId, 1, Payment.Digest(), envelope.MaxTotal, envelope.MaxRate, "olga", "stuck", Now, Now.AddHours(1));
        statement = order?.Invoke(statement) ?? statement;
        var intent = AmendmentIntents.FeeBump(Payment, envelope);
        return Store(number, stored?.Invoke(intent) ?? intent, (by ?? People.Olga).Sign(DocumentType.FeeBump, statement, statement.SignedAt));
    }

    /// <summary>Stores a cancel.</summary>
    public WithdrawalIntent Cancel(
        int number, Func<WithdrawalIntent, WithdrawalIntent>? stored = null, SoftwareKey? by = null, FeeEnvelope? fee = null, string client = "exchange-a")
    {
        var statement = new CancellationStatement(1, Payment.WithdrawalId, client, "changed their mind", Now);
        var key = by ?? People.Exchange;
        var compact = key.Sign(DocumentType.Cancellation, statement, Now);
        var intent = AmendmentIntents.Cancel(Payment, statement, key.Registered.KeyId, compact, fee ?? Higher, Seconds(Now).AddHours(1), Gate.World.Governed)!;
        return Store(number, stored?.Invoke(intent) ?? intent, compact);
    }

    public void Vote(int number, WithdrawalIntent over, string approver = "ann", ApprovalDecision decision = ApprovalDecision.Approve) => Add(new CaseDocument(
        CaseDocuments.AmendmentVote(1, number, approver),
        System.Text.Encoding.ASCII.GetBytes(CustodyWorld.Vote(new ApprovalStatement(
            1, over.WithdrawalId, over.Digest(), 1, decision, approver, $"{approver}-phone", over.PolicyVersion, Now, Now.AddHours(1), decision == ApprovalDecision.Reject ? "no" : null)))));

    /// <summary>Stores bytes for an amendment, or with none for the payment.</summary>
    public void Build(int? number, EvmTransfer transfer)
    {
        _built++;
        Add(new CaseDocument(number is { } n ? CaseDocuments.Unsigned(1, _built, n) : CaseDocuments.Unsigned(1, _built), UnsignedTransaction.Encode(transfer)));
    }

    public EvmTransfer Pays(long gwei, long tip = 0) => GateBench.Transfer(Payment, 7) with { MaxFeePerGas = gwei * (BigInteger)Gwei, MaxPriorityFeePerGas = (tip == 0 ? 2 : tip) * (BigInteger)Gwei };

    public EvmTransfer PaysNobody(long gwei, long tip = 0) => Pays(gwei, tip) with { To = People.HotKey.Address, Value = 0 };

    public void Edit(string name, Func<CaseDocument, CaseDocument?> edit) => Gate.EditDocument(name, edit);

    public async Task RefusedAsync(RefusalCode code, int already = 1)
    {
        var refused = Assert.IsType<GateOutcome.Refused>(await Gate.SignAsync());

        Assert.True(code == refused.Code, $"expected {code}, got {refused.Code}: {refused.Detail}");
        Assert.True(refused.MayBeSigned);
        Assert.Equal(already, Gate.Hot.Asked);
        Assert.Equal(already, Gate.Signings.Of("hot-1").Count);
    }

    private static DateTimeOffset Seconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());

    private WithdrawalIntent Store(int number, WithdrawalIntent intent, string order)
    {
        Add(new CaseDocument(CaseDocuments.AmendmentOrder(1, number), System.Text.Encoding.ASCII.GetBytes(order)));
        Add(new CaseDocument(CaseDocuments.AmendmentIntent(1, number), CanonicalJson.Serialize(intent)));
        return intent;
    }

    private void Add(CaseDocument document)
    {
        var file = Gate.Case;
        Gate.Withdrawals.Stored[Gate.Id] = file with { Documents = file.Documents.Values.Where(d => d.Name != document.Name).Append(document).ToDictionary(d => d.Name) };
    }
}
