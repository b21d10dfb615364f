using System.Numerics;
using Custody.Core.Admission;
using Custody.Core.Approvals;
using Custody.Core.Customers;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Prices;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;

namespace Custody.Testing.World;

/// <summary>
/// A governed world in which one withdrawal has everything that it needs to be signed. Change one thing with <c>with</c>
/// and everything that follows from it (signatures, digests, intent, journal) follows; replace a signed document to break
/// only that link.
/// </summary>
public sealed record CustodyWorld
{
    public static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    public const string Destination = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

    private SignedDocument? _customerDocument;
    private SignedDocument? _entryDocument;
    private GovernanceDocument? _governance;
    private SignedDocument? _governanceDocument;
    private IReadOnlyList<StopFact>? _stopFacts;

    public static CustodyWorld Default { get; } = new();

    /// <summary>The host's clock.</summary>
    public DateTimeOffset Now { get; init; } = Start;

    /// <summary>The chain's newest final block.</summary>
    public DateTimeOffset? ChainTime { get; init; } = Start.AddSeconds(-30);

    // Read when it is asked for: the sample's own initialiser needs this type's, whichever of the two a test touches first.
    public GovernanceDocument Governance
    {
        get => _governance ?? SampleGovernance.Document;
        init => _governance = value;
    }

    public CustomerRecord Customer { get; init; } = new(1, "exchange-a", "customer-7", CustomerClass.Retail, Start.AddDays(-20));

    public WhitelistEntry Entry { get; init; } =
        new(1, "entry-1", "exchange-a", "customer-7", SampleGovernance.Chain, Destination, null, "customer 7's ledger", Start.AddDays(-10));

    public WithdrawalRequest Request { get; init; } = new(
        "exchange-a", "customer-7", "request-1", SampleGovernance.Ether, 2 * SampleGovernance.OneEther, "entry-1", Start.AddHours(-1), Start.AddHours(23));

    public int Attempt { get; init; } = 1;

    public string? ParentDigest { get; init; }

    /// <summary>When the intent was made.</summary>
    public DateTimeOffset IntentAt { get; init; } = Start.AddMinutes(-40);

    /// <summary>The vault that the intent names; null for the rule's first.</summary>
    public string? PayingVault { get; init; }

    /// <summary>Who approves.</summary>
    public IReadOnlyList<string> Approving { get; init; } = ["ann", "bob"];

    public SignedDocument GovernanceDocument
    {
        get => _governanceDocument ?? Signing.Document(DocumentType.Governance, Governance, Start.AddDays(-30), People.Gina, People.Gus);
        init => _governanceDocument = value;
    }

    public SignedDocument CustomerDocument
    {
        get => _customerDocument ?? Signing.Document(DocumentType.Customer, Customer, Start.AddDays(-20), People.Exchange);
        init => _customerDocument = value;
    }

    public SignedDocument EntryDocument
    {
        get => _entryDocument ?? SignedEntry;
        init => _entryDocument = value;
    }

    /// <summary>The entry as its client and two approvers signed it, whatever is stored.</summary>
    private SignedDocument SignedEntry => Signing.Document(DocumentType.WhitelistEntry, Entry, Start.AddDays(-10), People.Exchange, People.Ann, People.Cat);

    /// <summary>The request as it was posted.</summary>
    public byte[] Body => CanonicalJson.Serialize(Request);

    public string BodySignature => People.Exchange.SignBytes(DocumentType.Request, Body, Request.IssuedAt, detached: true);

    public string TrustRoot => SampleGovernance.Document.Governors.TrustRoot();

    public Governed Governed => (GovernanceVerifier.Verify(GovernanceDocument, Governance.Governors.TrustRoot(), Now) as GovernanceReading.Verified)?.Governed
        ?? throw new InvalidOperationException("The world's governance does not verify.");

    /// <summary>The stop journal's lines after genesis, oldest first; see <see cref="StopLines"/> for their ages.</summary>
    public IReadOnlyList<StopFact> StopFacts
    {
        get => _stopFacts ?? [InForce, Activated, ListInForce, .. Answers, .. Approving.Count > 0 ? [QuorumReached] : Array.Empty<StopFact>()];
        init => _stopFacts = value;
    }

    public StopFact InForce => new(StopKind.GovernanceInForce, "1", "custody init", Digest: Governance.Digest());

    public StopFact Activated => new(StopKind.EntryActivated, Entry.EntryId, "custody init", Digest: Entry.Digest(), Evidence: WhitelistEvidence.Of(SignedEntry));

    /// <summary>The sanctions list in force.</summary>
    public SanctionsList SanctionsList { get; init; } = new(
        1, "ofac-sdn", Start.AddDays(-5), new string('a', 64), 80_000_000,
        [new SanctionsEntry("0x901bb9583b24d97e995513c6778dc6888ab6870e", "ETH", "21386", "Somebody Listed")]);

    public SignedDocument SanctionsListDocument => Signing.Document(DocumentType.SanctionsList, SanctionsList, Start.AddDays(-3), People.Olga);

    public StopFact ListInForce => new(
        StopKind.SanctionsListInForce, SanctionsList.Source, "imported", Digest: SanctionsList.Digest(), Evidence: SanctionsListDocument.Signatures);

    /// <summary>The screening provider's answers in the stop journal.</summary>
    public IReadOnlyList<StopFact> Answers { get; init; } = [];

    /// <summary>The halves of releases of a screening hit.</summary>
    public IReadOnlyList<string> Releases { get; init; } = [];

    public ScreeningFacts ScreeningFacts =>
        new(Attempt, new Dictionary<string, SignedDocument>(StringComparer.Ordinal) { [SanctionsList.Digest()] = SanctionsListDocument }, Releases);

    public StopFact QuorumReached => new(StopKind.QuorumReached, WithdrawalId, "The quorum was reached.", Attempt, Intent.Digest());

    public StopView Stops => StopLines.Fold(StopFacts);

    public string WithdrawalId => Core.Intents.WithdrawalId.Derive(Request.ClientId, Request.RequestId);

    /// <summary>What one ether is worth, newest first.</summary>
    public IReadOnlyList<PriceEntry> Prices { get; init; } = [Price(2_500_00, Start.AddMinutes(-1)), Price(2_450_00, Start.AddMinutes(-6))];

    public IReadOnlyList<SignedDocument> PriceDocuments => [.. Prices.Select(p => Signing.Document(DocumentType.Price, p, p.AsOf, People.Feed))];

    /// <summary>What the vaults' journals say was signed, before anything of this world.</summary>
    public IReadOnlyList<SigningEntry> SignedBefore { get; init; } = [];

    public AdmissionFacts AdmissionFacts => new(
        Body, BodySignature, CustomerDocument, EntryDocument, Governed, StopLines.Fold([InForce, Activated, ListInForce, .. Answers]), Now, ChainTime,
        [SignedBefore.Aggregate(SigningView.Empty, (view, line) => view.With(line))], PriceDocuments, IntentAt, ScreeningFacts);

    /// <summary>A price of one ether in hundredths of a dollar.</summary>
    public static PriceEntry Price(int cents, DateTimeOffset asOf) => new(1, SampleGovernance.Ether, "USD", cents, 2, asOf);

    /// <summary>A journal's line that paid a destination for another withdrawal, as an entry, the world's unless said otherwise.</summary>
    public static SigningEntry Paid(string withdrawalId, BigInteger amount, DateTimeOffset at, string destination = Destination, bool? automatic = null, string? entry = "entry-1") => new(
        1, 1, "", at, withdrawalId, 1, IntentKind.Withdrawal, "", [], "", SampleGovernance.Ether, destination, amount, automatic, entry);

    /// <summary>The one intent that follows.</summary>
    public WithdrawalIntent Intent => AdmissionRule.Evaluate(AdmissionFacts) is { Admitted: { } admitted }
        ? IntentFactory.Create(admitted, Governed, Attempt, ParentDigest, IntentAt, PayingVault ?? admitted.Rule.VaultId)
        : throw new InvalidOperationException($"The world's request is not admitted: {AdmissionRule.Evaluate(AdmissionFacts).Verdict.Detail}");

    /// <summary>What an approver would sign.</summary>
    public ApprovalStatement Statement(string approverId, ApprovalDecision decision = ApprovalDecision.Approve) => new(
        1, WithdrawalId, Intent.Digest(), Attempt, decision, approverId, $"{approverId}-phone", 1, Start.AddMinutes(-30), Start.AddHours(2),
        decision == ApprovalDecision.Reject ? "I do not know this address." : null);

    /// <summary>An approver's vote as posted.</summary>
    public string Vote(string approverId, ApprovalDecision decision = ApprovalDecision.Approve) => Vote(Statement(approverId, decision));

    public static string Vote(ApprovalStatement statement) => People.DeviceOf(statement.ApproverId).Sign(DocumentType.Approval, statement, statement.SignedAt);

    public IReadOnlyList<string> Votes => [.. Approving.Select(a => Vote(a))];
}
