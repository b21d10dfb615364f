using Custody.Core.Approvals;
using Custody.Core.Audit;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Ledger;
using Custody.Core.Policy;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Whitelisting;
using Custody.Core.Withdrawals;
using Custody.Testing;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Golden;

/// <summary>
/// Pins the canonical bytes and the digest of everything that is persisted or signed. A file holds the bytes in its first
/// line and their digest in the second. What these say is in stores and under signatures for years.
/// </summary>
public sealed class GoldenTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly DateTimeOffset At = CustodyWorld.Start;

    private static readonly Core.Maintenance.UpkeepOrder Fill = new("hot-1", SampleGovernance.Chain, People.HotKey.Address.ToString(), 6, 5, 7);

    private static Core.Maintenance.UpkeepOrder Funding => Fill with { Nonce = null, Funding = new Core.Maintenance.FundingOrder("warm-1", People.WarmKey.Address.ToString(), 9, "2026-01-31-a") };

    private static readonly AmendmentTerms Amended = new(new Quorum(1, 1, ["treasury"]), new FeeCaps(5, 7, 300), Most: 2, ApprovalSeconds: 600);

    private static readonly Dictionary<string, Shape> Shapes = new(StringComparer.Ordinal)
    {
        ["governance-document"] = Shape.Of(World.Governance, Core.Governance.GovernanceDocument.Domain),
        ["vault-registration"] = Shape.Of(World.Governance.Vaults[0] with { State = Core.Governance.VaultKeyState.PreActivation }),
        ["governor-set"] = Shape.Of(World.Governance.Governors, Core.Governance.GovernorSet.Domain),
        ["customer-record"] = Shape.Of(World.Customer),
        ["whitelist-entry"] = Shape.Of(World.Entry, WhitelistEntry.Domain),
        ["whitelist-entry-with-memo"] = Shape.Of(World.Entry with { Memo = "12345" }, WhitelistEntry.Domain),
        ["whitelist-statement"] = Shape.Of(new WhitelistStatement(1, "entry-1", World.Entry.Digest(), WhitelistAction.Suspend, "olga", "incident", At, At.AddHours(1))),
        ["whitelist-reinstatement"] = Shape.Of(
            new WhitelistStatement(1, "entry-1", World.Entry.Digest(), WhitelistAction.Reinstate, "ann", "over", At, At.AddHours(1), "ann-phone", 5)),
        ["request"] = Shape.Of(World.Request),
        ["request-with-options"] = Shape.Of(World.Request with { Destination = CustodyWorld.Destination, MaxFee = 1000 }),
        ["intent"] = Shape.Of(World.Intent, WithdrawalIntent.Domain),
        ["intent-second-attempt"] = Shape.Of(World.Intent with { Attempt = 2, ParentDigest = new string('a', 64), Memo = "12345" }, WithdrawalIntent.Domain),
        ["approval-statement"] = Shape.Of(World.Statement("ann")),
        ["approval-statement-reject"] = Shape.Of(World.Statement("ann", ApprovalDecision.Reject)),
        ["stop-entry-genesis"] = Shape.Of(StopLines.Of([])[0], JournalLine.Domain),
        ["stop-entry"] = Shape.Of(new StopEntry(1, 5, new string('b', 64), At, StopKind.WithdrawalEnded, "w1", 1, new string('c', 64), "rejected", ["a.b.c"], "rejected-by-approver"), JournalLine.Domain),
        ["signing-entry-genesis"] = Shape.Of(new SigningEntry(1, 0, World.TrustRoot, At, "", 0, IntentKind.Unknown, "", [], "", null, "", 0), JournalLine.Domain),
        ["signing-entry"] = Shape.Of(
            new SigningEntry(
                1, 1, new string('b', 64), At, World.WithdrawalId, 1, IntentKind.Withdrawal, World.Intent.Digest(), [SigningSlot.Nonce(SampleGovernance.Chain, People.HotKey.Address, 7)],
                new string('d', 64), SampleGovernance.Ether, CustodyWorld.Destination, World.Request.Amount),
            JournalLine.Domain),
        ["signing-entry-of-an-entry"] = Shape.Of(CustodyWorld.Paid("w1", 5, At), JournalLine.Domain),
        ["audit-record"] = Shape.Of(new AuditRecord(1, World.WithdrawalId, 2, new string('b', 64), At, new AuditEvent("sign", "refused", "signer", "slot-taken", "why", new string('d', 64))), AuditRecord.Domain),
        ["audit-record-short"] = Shape.Of(new AuditRecord(1, World.WithdrawalId, 1, "", At, new AuditEvent("validate", "accepted", "pipeline")), AuditRecord.Domain),
        ["freeze-statement"] = Shape.Of(new FreezeStatement(1, FreezeScope.Vault("hot-1"), "olga", "incident", At, At.AddHours(1))),
        ["governance-veto"] = Shape.Of(new GovernanceVeto(1, 2, new string('b', 64), "gwen", "no", At, At.AddHours(1))),
        ["governance-document-second"] = Shape.Of(Succession.Weaker(SampleGovernance.Document, d => d with { Delays = new GovernanceDelays(86_400), Clients = [d.Clients[0] with { Suspended = true }] })),
        ["platform-value-terms"] = Shape.Of(new PlatformValueTerms(86_400, 5_000_000)),
        ["chain-registration-providers"] = Shape.Of(World.Governance.Chains[0] with { ProvidersNeeded = 3 }),
        ["asset-registration-token"] = Shape.Of(SampleToken.Registration),
        ["thaw-statement"] = Shape.Of(new ThawStatement(1, FreezeScope.Vault("hot-1"), 5, "olga", "over", At, At.AddHours(1))),
        ["resolution-statement"] = Shape.Of(new ResolutionStatement(1, World.WithdrawalId, 1, 1, ResolutionAction.NextAttempt, "olga", "lost", At, At.AddHours(1))),
        ["sanctions-list"] = Shape.Of(World.SanctionsList, Core.Screening.SanctionsList.Domain),
        ["screening-subject"] = Shape.Of(new Core.Screening.ScreeningSubject(SampleGovernance.Chain, CustodyWorld.Destination, "exchange-a", "customer-7"), Core.Screening.ScreeningSubject.Domain),
        ["screening-release"] = Shape.Of(new Core.Screening.ScreeningRelease(1, World.WithdrawalId, 1, new string('a', 64), "olga", "a false positive", At, At.AddHours(1))),
        ["screening-record"] = Shape.Of(new Core.Screening.ScreeningRecord(
            1, 1, "lists", new Core.Screening.ScreeningSubject(SampleGovernance.Chain, CustodyWorld.Destination, "exchange-a", "customer-7"), "hit", [new string('a', 64)],
            [new Core.Screening.ScreeningHit("ofac-sdn", "4711", "listed")], new string('b', 64))),
        ["suspicion-report"] = Shape.Of(Core.Screening.SuspicionReport.Of(
            new Core.Screening.Suspicion(Core.Screening.PatternKind.Sum, [new Core.Screening.PatternPayment(World.WithdrawalId, At, 51, CustodyWorld.Destination, "settled")]),
            "exchange-a", "customer-7", World.Governance.Screening!.Patterns[0], At)),
        ["suspicion-report-of-a-value"] = Shape.Of(Core.Screening.SuspicionReport.Of(
            new Core.Screening.Suspicion(Core.Screening.PatternKind.Value, [new Core.Screening.PatternPayment(World.WithdrawalId, At, 51, CustodyWorld.Destination, "settled", SampleGovernance.Ether, 7)]),
            "exchange-a", "customer-7", new Core.Screening.ValuePatternTerms(86_400, 6), "USD", At)),
        ["reinstatement-statement"] = Shape.Of(new Core.Operators.ReinstatementStatement(1, "ann", "ann-phone", 5, "olga", "cleared", At, At.AddHours(1))),
        ["approval-withdrawal"] = Shape.Of(new ApprovalWithdrawal(1, World.WithdrawalId, World.Intent.Digest(), 1, "ann", "ann-phone", "the wrong customer", At, At.AddHours(1))),
        ["drill-statement"] = Shape.Of(new DrillStatement(1, World.WithdrawalId, DrillMismatch.Amount, "olga", At, At.AddHours(1)), DrillStatement.Domain),
        ["duress-opening"] = Shape.Of(new DuressOpening("ann/ann-phone", DeviceKind.Duress, new string('a', 64)), DuressOpening.Domain),
        ["video-statement"] = Shape.Of(new VideoStatement(1, World.WithdrawalId, World.Intent.Digest(), 1, "recording 7", "olga", At, At.AddHours(1))),
        ["webauthn-vote"] = Shape.Of(new Core.Approvals.WebAuthn.WebAuthnVote(1, "e30", "aWQ", "ZGF0YQ", "Y2xpZW50", "c2ln")),
        ["webauthn-device"] = Shape.Of(new Core.Governance.Device(
            "ann-key", new RegisteredKey("credential-ann", SignatureAlgorithm.Es256, "BAAA"), DuressCommitment: new string('a', 64), WebAuthn: new Core.Governance.WebAuthnCredential("aWQ", "Y2xpZW50", "b2JqZWN0"))),
        ["webauthn-terms"] = Shape.Of(new Core.Governance.WebAuthnTerms(
            "exchange.example", ["https://exchange.example"], [new Core.Governance.AuthenticatorModel("5c2f3a4e-0b1d-4c6e-8f90-a1b2c3d4e5f6", ["AAAA"])], true)),
        ["quorum-with-webauthn"] = Shape.Of(new Quorum(2, 2, ["treasury"], WebAuthn: true)),
        ["maintenance-statement"] = Shape.Of(new Core.Maintenance.MaintenanceStatement(
            1, Core.Maintenance.MaintenanceKind.GapFill, "hot-1", SampleGovernance.Chain, People.HotKey.Address.ToString(), 6, 5, 7, "olga", "payments wait", At, At.AddHours(1))),
        ["maintenance-terms"] = Shape.Of(new Core.Governance.MaintenanceTerms(2, 5, 7, 3, 600)),
        ["gap-fill-order"] = Shape.Of(Fill, "custody/gap-fill/v1"),
        ["gap-fill-intent"] = Shape.Of(Fill.Intent(World.Governed)!, WithdrawalIntent.Domain),
        ["restore-statement"] = Shape.Of(Restores.Statement(At, 9), "custody/restore/v1"),
        ["restore-bundle"] = Shape.Of(new Core.Restoring.RestoreBundle(new SignedDocument("e30", ["a..c"]), [new SignedDocument("e30", ["d..f"])])),
        ["rewind-statement"] = Shape.Of(new Core.Maintenance.RewindStatement(
            1, SampleGovernance.Chain, 110, "0x" + new string('a', 64), 100, "0x" + new string('b', 64), "olga", "the nodes agree", At, At.AddHours(1))),
        ["fee-bump-statement"] = Shape.Of(new Core.Amendments.FeeBumpStatement(1, World.WithdrawalId, 1, World.Intent.Digest(), 5, 7, "olga", "stuck", At, At.AddHours(1))),
        ["fee-bump-intent"] = Shape.Of(Core.Amendments.AmendmentIntents.FeeBump(World.Intent, new FeeEnvelope(5, 7)), WithdrawalIntent.Domain),
        ["cancel-intent"] = Shape.Of(
            Core.Amendments.AmendmentIntents.Cancel(
                World.Intent, new CancellationStatement(1, World.WithdrawalId, "exchange-a", "customer asked", At), "exchange-key-1", "a.b.c", new FeeEnvelope(5, 7), At.AddHours(1), World.Governed)!,
            WithdrawalIntent.Domain),
        ["policy-rule-amendments"] = Shape.Of(World.Governance.Rules[0] with { FeeBump = Amended, Cancel = Amended with { Most = 1 } }),
        ["gap-fill-file"] = Shape.Of(new Core.Maintenance.UpkeepFile(
            1, Fill.Id(), Fill, Core.Maintenance.UpkeepStatus.Sent, ["a.b.c"], "02c0", new string('d', 64), "0x" + new string('e', 64), "d.e.f", "slot-taken", "why", At)),
        ["gas-funding-statement"] = Shape.Of(new Core.Maintenance.MaintenanceStatement(
            1, Core.Maintenance.MaintenanceKind.GasFunding, "hot-1", SampleGovernance.Chain, People.HotKey.Address.ToString(), null, 5, 7, "olga", "tokens wait", At, At.AddHours(1), Funding.Funding)),
        ["gas-funding-terms"] = Shape.Of(new Core.Governance.MaintenanceTerms(2, 5, 7, 3, 600, new Core.Governance.GasFundingTerms(2, 9, 18, 5, 7))),
        ["gas-funding-order"] = Shape.Of(Funding, "custody/gas-funding/v1"),
        ["gas-funding-intent"] = Shape.Of(Funding.Intent(World.Governed)!, WithdrawalIntent.Domain),
        ["reservation-of-a-token"] = Shape.Of(new Reservation(World.WithdrawalId, SampleToken.Asset, 5, 6, "hot-1", [], Coin: SampleGovernance.Ether)),
        ["reservation-of-gas-funding"] = Shape.Of(new Reservation(Funding.Id(), SampleGovernance.Ether, 9, 5, "hot-1", [new ReservedWindow(SampleGovernance.Limit(LimitScope.Vault, 40), "hot-1")], "warm-1")),
        ["cancellation-statement"] = Shape.Of(new CancellationStatement(1, World.WithdrawalId, "exchange-a", "customer asked", At)),
        ["signed-transaction-record"] = Shape.Of(new SignedTransactionRecord(1, World.WithdrawalId, 1, "hot-1", World.Intent.Digest(), new string('d', 64), "02c0", "02c1", "0x" + new string('e', 64), 1)),
        ["price-entry"] = Shape.Of(World.Prices[0]),
        ["policy-rule"] = Shape.Of(World.Governance.Rules[0] with
        {
            MinAmount = 1,
            Value = new ValueRange(1, 2),
            Destinations = [DestinationKind.WhitelistedExternal],
            FirstUse = true,
            Tier = Core.Governance.VaultTier.Hot,
            FirstUseMaxAmount = 3,
            Times = [new TimeWindow("Asia/Hong_Kong", "09:00", "18:00", [DayOfWeek.Monday])],
            Approvals = new Quorum(3, 2, ["treasury"], [new ApprovalGroup("treasury", 2, 1)]),
        }),
        ["policy-rule-several-vaults"] = Shape.Of(World.Governance.Rules[0] with { Vaults = ["hot-2", "hot-3"] }),
        ["quorum-automatic"] = Shape.Of(new Quorum(0, 0, null, Automatic: true)),
        ["signing-entry-automatic"] = Shape.Of(CustodyWorld.Paid("w1", 5, At, automatic: true, entry: null), JournalLine.Domain),
        ["reservation"] = Shape.Of(new Reservation(World.WithdrawalId, SampleGovernance.Ether, 5, 6, "hot-1", [new ReservedWindow(SampleGovernance.Limit(LimitScope.Vault, 40), "hot-1")])),
        ["signed-document"] = Shape.Of(new SignedDocument("e30", ["a..c"])),
        ["jws-header"] = Shape.Of(new JwsHeader(SignatureAlgorithm.Es256, "key-1", DocumentType.Approval, 1769860800)),
        ["jws-header-eddsa"] = Shape.Of(new JwsHeader(SignatureAlgorithm.EdDsa, "key-1", DocumentType.CallToken)),
        ["call-token-claims"] = Shape.Of(new Core.Callers.CallTokenClaims("https://custody.test", 1769861100, 1769860800, "token-1")),
    };

    public static TheoryData<string> Names => [.. Shapes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void PersistedShape_IsWhatItAlwaysWas(string name)
    {
        var path = RepositoryRoot.Of("tests", "Custody.Core.Tests", "Golden", $"{name}.golden");
        var shape = Shapes[name];

        Assert.True(File.Exists(path), $"{name} has no golden file. For a new shape, write {path} with:\n{shape.Text}");
        Assert.True(File.ReadAllText(path) == shape.Text, $"{name}: a persisted shape never changes: add a version. Golden:\n{File.ReadAllText(path)}Now:\n{shape.Text}");
        shape.ReadBack();
    }

    [Fact]
    public void GoldenFiles_EachPinsAShape() => Assert.Equal(
        Shapes.Keys.Order(StringComparer.Ordinal),
        Directory.GetFiles(RepositoryRoot.Of("tests", "Custody.Core.Tests", "Golden"), "*.golden").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));

    // A member renamed is a document that no longer reads.
    [Fact]
    public void PersistedEnums_TheirTextsNeverChange()
    {
        Assert.Equal("unknown,withdrawal,cancel,gapFill,feeBump,childFee,consolidation,gasFunding,sweep", Texts<IntentKind>());
        Assert.Equal("unknown,genesis,withdrawalEnded,attemptBurnt,frozen,thawed,entryActivated,entryTombstoned,governanceInForce,quorumReached,governanceProposed,governanceVetoed,entrySuspended,entryReinstated,entryRejected,sanctionsListInForce,screenedClear,screenedHit,deviceSuspended,deviceReinstated,voteWithdrawn,drillIssued,drillAnswered,restored,paymentMatched,amendmentEnded", Texts<StopKind>());
        Assert.Equal("unknown,approve,reject", Texts<ApprovalDecision>());
        Assert.Equal("unknown,resume,reject,nextAttempt", Texts<ResolutionAction>());
        Assert.Equal("unknown,suspend,tombstone,reinstate,reject", Texts<WhitelistAction>());
        Assert.Equal("unknown,retail,professional", Texts<Customers.CustomerClass>());
        Assert.Equal("unknown,destination,client,vault,platform,automatic,customerValue,platformValue", Texts<LimitScope>());
        Assert.Equal("unknown,ownVault,whitelistedExternal", Texts<DestinationKind>());
        Assert.Equal("unknown,hot,warm,cold", Texts<Core.Governance.VaultTier>());
        Assert.Equal("unknown,structuring,sum,value", Texts<Core.Screening.PatternKind>());
        Assert.Equal("none,ES256,EdDSA", Texts<SignatureAlgorithm>());

        static string Texts<T>()
            where T : struct, Enum => string.Join(',', Enum.GetValues<T>().Select(v => System.Text.Encoding.UTF8.GetString(CanonicalJson.Serialize(v)).Trim('"')));
    }

    private sealed record Shape(string Text, Action ReadBack)
    {
        public static Shape Of<T>(T document, string? domain = null)
            where T : class
        {
            var bytes = CanonicalJson.Serialize(document);
            var digest = domain is null ? $"sha256 {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))}" : $"{domain} {DomainDigest.Hex(domain, bytes)}";
            return new Shape(
                $"{System.Text.Encoding.UTF8.GetString(bytes)}\n{digest}\n",
                () => Assert.Equal(bytes, CanonicalJson.Serialize(CanonicalJson.Deserialize<T>(bytes))));
        }
    }
}
