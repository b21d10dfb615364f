using System.Numerics;
using Custody.Cli.Homes;
using Custody.Cli.Initialisation;
using Custody.Cli.Initialisation.Keys;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Admission;
using Custody.Core.Approvals;
using Custody.Core.Assets;
using Custody.Core.Customers;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Policy;
using Custody.Core.Reading;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Testing;
using Custody.Vaults.ManagedHsm;
using Microsoft.Extensions.Time.Testing;

namespace Custody.Cli.Tests.Support;

/// <summary>The demonstration plan drafted and signed with file keys in a home of its own, and the withdrawals of a test.</summary>
internal sealed class DemoSystem : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    public static readonly BigInteger Ether = BigInteger.Pow(10, 18);
    private static readonly string Genesis = "0x" + new string('a', 64);
    private readonly TemporaryFolder _folder;

    private DemoSystem(TemporaryFolder folder, InitialisationPlan plan, CustodyHome home, SystemDraft draft, Governed governed) =>
        (_folder, Plan, Home, Draft, Governed) = (folder, plan, home, draft, governed);

    public InitialisationPlan Plan { get; }

    public CustodyHome Home { get; }

    public SystemDraft Draft { get; }

    public Governed Governed { get; }

    public FakeTimeProvider Time { get; } = new(Now);

    /// <summary>How commands reach a Managed HSM.</summary>
    public Func<Uri, ManagedHsmClient>? ManagedHsm { get; set; }

    public string HomePath => Home.Path;

    public static async Task<DemoSystem> CreateAsync(string apiUrl = "http://127.0.0.1:1", Func<InitialisationPlan, InitialisationPlan>? change = null, Func<string, string, Task<VaultKey>>? vaultKey = null)
    {
        var plan = LocalPlan.Create(new LocalPlaces { ApiUrl = apiUrl });
        plan = change?.Invoke(plan) ?? plan;
        var folder = new TemporaryFolder();
        var home = new CustodyHome(folder.Of("home"));
        var genesis = plan.Chains.ToDictionary(c => c.Id, _ => Genesis);
        var draft = await new SystemDrafting(plan, genesis, new FileKeys(home, vaultKey), Now.AddDays(-2)).DraftAsync(CancellationToken.None);
        foreach (var (name, profile) in SystemProfiles.Of(plan, draft))
        {
            home.Write(name, profile);
        }

        Assert.Null(DraftRules.Problem(draft, Now.AddDays(-2)));
        var governed = Assert.IsType<GovernanceReading.Verified>(GovernanceVerifier.Verify(draft.SignedGovernance, draft.TrustRoot, Now)).Governed;
        return new DemoSystem(folder, plan, home, draft, governed);
    }

    public IDocumentSigner Signer(string id) => Draft.Keys[id].Signer!;

    public BundleTerms Terms(string withdrawalId, string approver = "alice", SeenGovernance? seen = null) =>
        new(withdrawalId, Draft.TrustRoot, seen, approver, $"{approver}-1", $"device-{approver}-1");

    public WithdrawalRequest Request(string requestId = "r-1") => new(
        "exchange-a", "customer-1", requestId, AssetId.Parse("eip155:31337/slip44:60"), 3 * Ether / 2, "entry-1", Now, Now.AddHours(2));

    /// <summary>A bundle as an honest server makes it; <paramref name="changeIntent"/> lets it lie about the intent, with a digest that fits.</summary>
    public async Task<ApprovalBundle> BundleAsync(
        WithdrawalRequest? request = null, Func<WithdrawalIntent, WithdrawalIntent>? changeIntent = null, string signedBy = "exchange-a")
    {
        request ??= Request();
        var body = CanonicalJson.Serialize(request);
        var signature = await Jws.SignAsync(Signer(signedBy), DocumentType.Request, body, Now, detached: true, CancellationToken.None);
        var intent = Intent(request, body);
        intent = changeIntent?.Invoke(intent) ?? intent;
        var (_, customer) = Draft.Customers.Single(c => c.Record.CustomerId == request.CustomerId);
        return new ApprovalBundle(
            WithdrawalId.Derive(request.ClientId, request.RequestId),
            WithdrawalStatus.AwaitingApproval,
            intent.Attempt,
            StrictBase64Url.Encode(body),
            signature,
            StrictBase64Url.Encode(CanonicalJson.Serialize(intent)),
            intent.Digest(),
            Draft.Entries[0].Signed,
            Now.AddDays(-1),
            customer,
            [Draft.SignedGovernance],
            []);
    }

    /// <summary>The intent that follows, whatever the policy says of it: an honest server would not make one that policy refuses.</summary>
    private WithdrawalIntent Intent(WithdrawalRequest request, byte[] body)
    {
        var rule = Governed.Document.Rules[0];
        var fee = PolicyEvaluator.Evaluate(request, CustomerClass.Professional, Governed).Fee ?? new FeeEnvelope(1, 1);
        var admitted = new Admitted(
            request, AdmissionRule.DigestOf(body), $"client-{request.ClientId}", Draft.Customers[0].Record, Draft.Entries[0].Entry, rule, fee);
        return IntentFactory.Create(admitted, Governed, 1, null, Now, rule.VaultId);
    }

    public async Task<string> VoteAsync(ApprovalBundle bundle, string approver, ApprovalDecision decision = ApprovalDecision.Approve)
    {
        var statement = new ApprovalStatement(
            1, bundle.Id, bundle.IntentDigest!, bundle.Attempt, decision, approver, $"{approver}-1", 1, Now, Now.AddHours(1));
        return await Jws.SignAsync(Signer($"{approver}-1"), DocumentType.Approval, CanonicalJson.Serialize(statement), Now, detached: false, CancellationToken.None);
    }

    /// <summary>A document signed by whoever the test says.</summary>
    public async Task<SignedDocument> SignAsync<T>(string type, T document, params string[] signers)
    {
        var payload = CanonicalJson.Serialize(document);
        var signatures = new List<string>();
        foreach (var signer in signers)
        {
            signatures.Add(await Jws.SignAsync(Signer(signer), type, payload, Now, detached: true, CancellationToken.None));
        }

        return SignedDocument.Of(payload, signatures);
    }

    public async Task<CliRun> RunAsync(string arguments, string input = "") => await RunAsync(arguments.Split(' '), input);

    public Task<CliRun> RunAsync(string[] arguments, string input = "") => CliRun.OfAsync([.. arguments, "--home", HomePath], input, Time, ManagedHsm);

    public void Dispose() => _folder.Dispose();
}
