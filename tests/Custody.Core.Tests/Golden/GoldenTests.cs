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

    private static readonly Dictionary<string, Shape> Shapes = new(StringComparer.Ordinal)
    {
        ["governance-document"] = Shape.Of(World.Governance, Core.Governance.GovernanceDocument.Domain),
        ["governor-set"] = Shape.Of(World.Governance.Governors, Core.Governance.GovernorSet.Domain),
        ["customer-record"] = Shape.Of(World.Customer),
        ["whitelist-entry"] = Shape.Of(World.Entry, Whitelisting.WhitelistEntry.Domain),
        ["whitelist-entry-with-memo"] = Shape.Of(World.Entry with { Memo = "12345" }, Whitelisting.WhitelistEntry.Domain),
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
        ["audit-record"] = Shape.Of(new AuditRecord(1, World.WithdrawalId, 2, new string('b', 64), At, new AuditEvent("sign", "refused", "signer", "slot-taken", "why", new string('d', 64))), AuditRecord.Domain),
        ["audit-record-short"] = Shape.Of(new AuditRecord(1, World.WithdrawalId, 1, "", At, new AuditEvent("validate", "accepted", "pipeline")), AuditRecord.Domain),
        ["freeze-statement"] = Shape.Of(new FreezeStatement(1, FreezeScope.Vault("hot-1"), "olga", "incident", At, At.AddHours(1))),
        ["governance-veto"] = Shape.Of(new GovernanceVeto(1, 2, new string('b', 64), "gwen", "no", At, At.AddHours(1))),
        ["governance-document-second"] = Shape.Of(Succession.Weaker(SampleGovernance.Document, d => d with { Delays = new GovernanceDelays(86_400), Clients = [d.Clients[0] with { Suspended = true }] })),
        ["asset-registration-token"] = Shape.Of(SampleToken.Registration),
        ["thaw-statement"] = Shape.Of(new ThawStatement(1, FreezeScope.Vault("hot-1"), 5, "olga", "over", At, At.AddHours(1))),
        ["resolution-statement"] = Shape.Of(new ResolutionStatement(1, World.WithdrawalId, 1, 1, ResolutionAction.NextAttempt, "olga", "lost", At, At.AddHours(1))),
        ["cancellation-statement"] = Shape.Of(new CancellationStatement(1, World.WithdrawalId, "exchange-a", "customer asked", At)),
        ["signed-transaction-record"] = Shape.Of(new SignedTransactionRecord(1, World.WithdrawalId, 1, "hot-1", World.Intent.Digest(), new string('d', 64), "02c0", "02c1", "0x" + new string('e', 64), 1)),
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
        Assert.Equal("unknown,genesis,withdrawalEnded,attemptBurnt,frozen,thawed,entryActivated,entryTombstoned,governanceInForce,quorumReached,governanceProposed,governanceVetoed", Texts<StopKind>());
        Assert.Equal("unknown,approve,reject", Texts<ApprovalDecision>());
        Assert.Equal("unknown,resume,reject,nextAttempt", Texts<ResolutionAction>());
        Assert.Equal("unknown,retail,professional", Texts<Customers.CustomerClass>());
        Assert.Equal("unknown,destination,client,vault,platform", Texts<LimitScope>());
        Assert.Equal("unknown,hot,warm,cold", Texts<Core.Governance.VaultTier>());
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
