using System.Text;
using Custody.Chains.Evm;
using Custody.Core.Approvals;
using Custody.Core.Assets;
using Custody.Core.Customers;
using Custody.Core.Encoding;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Vaults;
using Custody.Core.Withdrawals;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>Control → absent or tampered → deny: one control at a time is taken out of a withdrawal that would else be signed.</summary>
public sealed class ControlTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly Dictionary<string, Control> Controls = All().ToDictionary(c => c.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Controls.Keys];

    [Fact]
    public async Task SignAsync_WithEveryControlInPlace_Signs()
    {
        var bench = new GateBench();

        var signed = await bench.SignedAsync();

        var record = Assert.Single(bench.Signed.Stored.Values);
        Assert.Equal(signed.TransactionId, record.TransactionId);
        Assert.Equal(1, bench.Hot.Asked);
        Assert.Equal(bench.World.Intent.Digest(), Assert.Single(bench.Signings.Of("hot-1")).IntentDigest);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SignAsync_ControlAbsentOrTampered_RefusesAndVaultIsNotAsked(string control)
    {
        var bench = Controls[control].World is { } world ? new GateBench(world) : new GateBench();
        Controls[control].Break(bench);

        await bench.RefusedUnaskedAsync(Controls[control].Code);
    }

    [Fact]
    public async Task SignAsync_ControlRestored_Signs()
    {
        var bench = new GateBench();
        bench.Stops.Broken = "gone";
        await bench.RefusedUnaskedAsync(RefusalCode.JournalBroken);

        bench.Stops.Broken = null;

        await bench.SignedAsync();
    }

    [Fact]
    public async Task SignAsync_ChainGivesNoTime_WaitsAndVaultIsNotAsked()
    {
        var bench = new GateBench { ChainTime = null };

        var outcome = await bench.NewGate().SignAsync(bench.Id, TestContext.Current.CancellationToken);

        Assert.Equal(RefusalCode.NodeUnavailable, Assert.IsType<GateOutcome.Unknown>(outcome).Code);
        Assert.Equal(0, bench.Hot.Asked + bench.Warm.Asked);
    }

    private static IEnumerable<Control> All() =>
    [
        // The file
        new("no such withdrawal", RefusalCode.NotFound, b => b.Withdrawals.Stored.TryRemove(b.Id, out _)),
        new("file of another withdrawal under this id", RefusalCode.NotFound, b => b.EditState(s => s with { Id = "w" + new string('0', 32) })),
        new("no request", RefusalCode.IntentTampered, b => b.EditDocument(CaseDocuments.Request, _ => null)),
        new("request edited", RefusalCode.SignatureInvalid, b => b.EditDocument(CaseDocuments.Request, d => d with { Content = Bytes(World.Request with { Amount = 1 }) })),
        new("request malformed", RefusalCode.BodyMalformed, b => b.EditDocument(CaseDocuments.Request, d => d with { Content = "{"u8.ToArray() })),
        new("request signature missing", RefusalCode.SignatureMissing, b => b.EditDocument(CaseDocuments.Request, d => d with { Signature = null })),
        new("request signature of a stranger", RefusalCode.SignatureKeyUnknown, b => Resign(b, People.Stranger, DocumentType.Request)),
        new("request signature of another client", RefusalCode.SignatureKeyUnknown, b => Resign(b, People.OtherExchange, DocumentType.Request)),
        new("request signature of another type", RefusalCode.SignatureMalformed, b => Resign(b, People.Exchange, DocumentType.Cancellation)),
        new("request expired by the host's clock", RefusalCode.RequestExpired, b => b.Time.SetUtcNow(World.Request.ExpiresAt)),
        new("request expired by the chain's clock", RefusalCode.RequestExpired, b => b.ChainTime = World.Request.ExpiresAt),
        new("another withdrawal's request", RefusalCode.IntentTampered, b => SwapRequest(b, World with { Request = World.Request with { RequestId = "request-2" } })),
        new("no intent", RefusalCode.IntentTampered, b => b.EditDocument(CaseDocuments.Intent(1), _ => null)),
        new("intent malformed", RefusalCode.IntentTampered, b => b.EditDocument(CaseDocuments.Intent(1), d => d with { Content = "{}"u8.ToArray() })),
        new("intent with another amount", RefusalCode.IntentTampered, b => EditIntent(b, i => i with { Amount = i.Amount + 1 })),
        new("intent with another destination", RefusalCode.IntentTampered, b => EditIntent(b, i => i with { Destination = People.WarmKey.Address.ToString() })),
        new("intent with another vault", RefusalCode.IntentTampered, b => EditIntent(b, i => i with { VaultId = "warm-1" })),
        new("intent with a wider fee", RefusalCode.IntentTampered, b => EditIntent(b, i => i with { Fee = i.Fee with { MaxRate = i.Fee.MaxRate + 1 } })),
        new("intent of another kind", RefusalCode.IntentTampered, b => EditIntent(b, i => i with { Kind = IntentKind.Sweep })),
        new("intent that lives longer", RefusalCode.IntentTampered, b => EditIntent(b, i => i with { ExpiresAt = i.ExpiresAt.AddDays(1) })),
        new("intent of another rule", RefusalCode.IntentTampered, b => EditIntent(b, i => i with { RuleId = "professional" })),
        new("intent of another governance", RefusalCode.IntentTampered, b => EditIntent(b, i => i with { GovernanceDigest = new string('0', 64) })),
        // The intent's time is not in the request; it is the votes that pin it.
        new("intent made at another time", RefusalCode.QuorumMissing, b => EditIntent(b, i => i with { CreatedAt = i.CreatedAt.AddSeconds(1) })),
        new("index names a later attempt", RefusalCode.IntentTampered, b => b.EditState(s => s with { Attempt = 2 })),
        new("index names another asset, and so another clock", RefusalCode.IntentTampered, b => b.EditState(s => s with { Asset = AssetId.Parse("eip155:31337/slip44:61") })),
        new("second attempt without its parent", RefusalCode.IntentTampered, _ => { }, GateBench.Attempt2(World)),

        // Customer and whitelist
        new("no customer record", RefusalCode.CustomerUnknown, b => b.Facts.Stored.Remove((FactKind.Customer, FactId.Customer("exchange-a", "customer-7")))),
        new("customer record unsigned", RefusalCode.CustomerUnknown, b => Customer(b, Signing.Document(DocumentType.Customer, World.Customer, CustodyWorld.Start))),
        new("customer record signed by another client", RefusalCode.CustomerUnknown, b => Customer(b, Signing.Document(DocumentType.Customer, World.Customer, CustodyWorld.Start, People.OtherExchange))),
        new("customer of another class", RefusalCode.IntentTampered, b => Customer(b, (World with { Customer = World.Customer with { Class = CustomerClass.Professional } }).CustomerDocument)),
        new("no whitelist entry", RefusalCode.WhitelistEntryUnknown, b => b.Facts.Stored.Remove((FactKind.WhitelistEntry, "entry-1"))),
        new("whitelist entry without approvers", RefusalCode.WhitelistEntryUnsigned, b => Entry(b, Signing.Document(DocumentType.WhitelistEntry, World.Entry, CustodyWorld.Start, People.Exchange))),
        new("whitelist entry without its client", RefusalCode.WhitelistEntryUnsigned, b => Entry(b, Signing.Document(DocumentType.WhitelistEntry, World.Entry, CustodyWorld.Start, People.Ann, People.Cat))),
        new("whitelist entry edited", RefusalCode.WhitelistEntryUnsigned, b => Entry(b, SignedDocument.Of(Bytes(World.Entry with { Address = People.WarmKey.Address.ToString() }), World.EntryDocument.Signatures))),
        new("whitelist entry rewritten by its signers, never activated", RefusalCode.WhitelistEntryInactive, b => Entry(b, (World with { Entry = World.Entry with { Label = "new" } }).EntryDocument)),
        new("entry never activated", RefusalCode.WhitelistEntryInactive, _ => { }, World with { StopFacts = [World.InForce, World.QuorumReached] }),
        new("entry tombstoned", RefusalCode.WhitelistEntryInactive, b => b.Stops.Add(new StopFact(StopKind.EntryTombstoned, "entry-1", "lost"))),
        new("entry suspended", RefusalCode.WhitelistEntrySuspended, b => b.Stops.Add(new StopFact(StopKind.EntrySuspended, "entry-1", "odd"))),
        new("entry rejected", RefusalCode.WhitelistEntryInactive, b => b.Stops.Add(new StopFact(StopKind.EntryRejected, "entry-1", "odd"))),
        new("entry cooling off by the chain's clock", RefusalCode.WhitelistCoolingOff, b => b.ChainTime = StopLines.At(World.Activated).AddSeconds(86_399)),

        // Governance
        new("no governance document", RefusalCode.GovernanceInvalid, b => b.Facts.Stored.Remove((FactKind.Governance, FactId.Governance(1)))),
        new("governance not in force", RefusalCode.GovernanceInvalid, _ => { }, World with { StopFacts = [World.Activated, World.QuorumReached] }),
        new("governance unsigned", RefusalCode.GovernanceUnsigned, b => Govern(b, Signing.Document(DocumentType.Governance, World.Governance, CustodyWorld.Start, People.Gina))),
        new("governance edited", RefusalCode.GovernanceUnsigned, b => Govern(b, SignedDocument.Of(Bytes(World.Governance with { Limits = [] }), World.GovernanceDocument.Signatures))),
        new("governance replaced by its own signers", RefusalCode.GovernanceInvalid, b => Govern(b, (World with { Governance = World.Governance with { Limits = [] } }).GovernanceDocument)),
        new("another root pinned", RefusalCode.GovernanceInvalid, b => b.PinnedRoot = new string('0', 64)),
        new("no rule for the customer in a governance that the intent does not name", RefusalCode.IntentTampered, b => Govern(b, Ruled([]).GovernanceDocument), InForce(Ruled([]))),
        new("a lower limit in a governance that the intent does not name", RefusalCode.IntentTampered, b => Govern(b, Ruled([OneEtherRule]).GovernanceDocument), InForce(Ruled([OneEtherRule]))),
        .. new[] { LimitScope.Destination, LimitScope.Vault, LimitScope.Platform }.Select(scope => new Control(
            $"no {scope} limit", RefusalCode.LimitMissing, _ => { }, World with { Governance = World.Governance with { Limits = [.. World.Governance.Limits.Where(l => l.Scope != scope)] } })),
        .. new[] { LimitScope.Destination, LimitScope.Vault, LimitScope.Platform }.Select(scope => new Control(
            $"{scope} limit below the amount", RefusalCode.VelocityExceeded, _ => { },
            World with { Governance = World.Governance with { Limits = [.. World.Governance.Limits.Select(l => l.Scope == scope ? l with { MaxAmount = World.Request.Amount - 1 } : l)] } })),

        // Votes
        new("no votes", RefusalCode.QuorumMissing, b => { b.EditDocument(CaseDocuments.Vote(1, "ann"), _ => null); b.EditDocument(CaseDocuments.Vote(1, "bob"), _ => null); }),
        new("one vote deleted", RefusalCode.QuorumMissing, b => b.EditDocument(CaseDocuments.Vote(1, "bob"), _ => null)),
        new("one vote twice", RefusalCode.QuorumMissing, b => Vote(b, "bob", World.Vote("ann"))),
        new("one vote forged by a stranger", RefusalCode.QuorumMissing, b => Vote(b, "bob", People.Stranger.Sign(DocumentType.Approval, World.Statement("bob"), CustodyWorld.Start))),
        new("one vote signed by another approver's device", RefusalCode.QuorumMissing, b => Vote(b, "bob", People.Cat.Sign(DocumentType.Approval, World.Statement("bob"), CustodyWorld.Start))),
        new("one vote for another intent", RefusalCode.QuorumMissing, b => Vote(b, "bob", CustodyWorld.Vote(World.Statement("bob") with { IntentDigest = new string('0', 64) }))),
        new("one vote for another attempt", RefusalCode.QuorumMissing, b => Vote(b, "bob", CustodyWorld.Vote(World.Statement("bob") with { Attempt = 2 }))),
        new("one vote for another withdrawal", RefusalCode.QuorumMissing, b => Vote(b, "bob", CustodyWorld.Vote(World.Statement("bob") with { WithdrawalId = "w" + new string('0', 32) }))),
        new("votes expired", RefusalCode.StatementExpired, b => b.Time.SetUtcNow(CustodyWorld.Start.AddHours(2))),
        new("a vote expired by the chain's clock", RefusalCode.StatementExpired, b => { Vote(b, "bob", CustodyWorld.Vote(World.Statement("bob") with { ExpiresAt = Soon })); b.ChainTime = Soon; }),
        new("a vote from the future, though the chain is ahead", RefusalCode.QuorumMissing, b => { Vote(b, "bob", CustodyWorld.Vote(World.Statement("bob") with { SignedAt = Soon })); b.ChainTime = Soon; }),
        new("training run out by the chain's clock", RefusalCode.TrainingExpired, b => b.ChainTime = Soon, Approvers(a => a with { Training = new ExpiringReference("t", Soon) })),
        new("a device's evidence run out by the chain's clock", RefusalCode.DeviceEvidenceExpired, b => b.ChainTime = Soon, Approvers(a => a with { Devices = [.. a.Devices.Select(d => d with { Evidence = new ExpiringReference("e", Soon) })] })),
        new("a device's key over by the chain's clock", RefusalCode.KeyNotValid, b => b.ChainTime = Soon, Approvers(a => a with { Devices = [.. a.Devices.Select(d => d with { Key = d.Key with { Terms = new KeyTerms(NotAfter: Soon) } })] })),
        new("the client's key over by the chain's clock", RefusalCode.KeyNotValid, b => b.ChainTime = Soon, ClientKeysUntil(Soon)),
        new("training run out since", RefusalCode.TrainingExpired, _ => { }, World with { Governance = World.Governance with { Approvers = [World.Governance.Approvers[0] with { Training = new ExpiringReference("t", CustodyWorld.Start) }, .. World.Governance.Approvers.Skip(1)] } }),
        new("votes from one site", RefusalCode.QuorumMissing, _ => { }, World with { Governance = World.Governance with { Approvers = [.. World.Governance.Approvers.Select(a => a with { Site = "hk" })] } }),
        new("a rejection beside the quorum", RefusalCode.RejectedByApprover, b => AddVote(b, "cat", World.Vote("cat", ApprovalDecision.Reject))),
        new("quorum never recorded in the stop journal", RefusalCode.QuorumMissing, _ => { }, World with { StopFacts = [World.InForce, World.Activated, World.ListInForce] }),
        new("quorum recorded over another intent", RefusalCode.QuorumMissing, _ => { }, World with { StopFacts = [World.InForce, World.Activated, World.ListInForce, World.QuorumReached with { Digest = new string('0', 64) }] }),

        new("quorum recorded after the deadline", RefusalCode.ApprovalDeadlinePassed, _ => { }, Deciding(seconds: 1199)),
        new("quorum recorded after the deadline, and the row's deadline edited", RefusalCode.ApprovalDeadlinePassed, b => b.EditState(s => s with { ApprovalDeadline = CustodyWorld.Start.AddDays(1) }), Deciding(seconds: 1199)),
        new("quorum recorded late, and again as if in time", RefusalCode.ApprovalDeadlinePassed, b => b.Stops.Add(Deciding(seconds: 1199).QuorumReached, CustodyWorld.Start.AddMinutes(-30)), Deciding(seconds: 1199)),
        new("a quorum of a rule without a cooling-off never recorded", RefusalCode.QuorumMissing, _ => { }, Immediate with { StopFacts = [Immediate.InForce, World.Activated, World.ListInForce] }),

        new("a vote of a suspended device", RefusalCode.DeviceSuspended, b => b.Stops.Add(new StopFact(StopKind.DeviceSuspended, DeviceSubject.Of("bob", "bob-phone"), "contradiction", 1, "1"))),

        new("a vote taken back before the quorum", RefusalCode.VoteWithdrawn, _ => { }, World with { StopFacts = [World.InForce, World.Activated, World.ListInForce, TakenBack("bob"), World.QuorumReached] }),
        new("a vote taken back after the quorum", RefusalCode.VoteWithdrawn, b => b.Stops.Add(TakenBack("bob"))),
        new("a vote beyond the quorum taken back after it", RefusalCode.VoteWithdrawn, b =>
        {
            AddVote(b, "cat", World.Vote("cat"));
            b.Stops.Add(TakenBack("cat"));
        }),

        new("a video call that nobody recorded", RefusalCode.VideoMissing, _ => { }, Filmed),
        new("a video call whose record expired by the chain's clock", RefusalCode.VideoMissing, b => { Film(b, s => s with { ExpiresAt = Soon }); b.ChainTime = Soon; }, Filmed),
        new("a video call about another intent", RefusalCode.VideoMissing, b => Film(b, s => s with { IntentDigest = new string('0', 64) }), Filmed),
        new("a drill", RefusalCode.Drill, b => b.Stops.Add(new StopFact(StopKind.DrillIssued, b.Id, "drill", 1, World.Intent.Digest()))),

        // Stops
        new("withdrawal ended", RefusalCode.Stopped, b => b.Stops.Add(new StopFact(StopKind.WithdrawalEnded, b.Id, "rejected"))),
        new("attempt burnt", RefusalCode.Stopped, b => b.Stops.Add(new StopFact(StopKind.AttemptBurnt, b.Id, "mismatch", 1))),
        new("platform frozen", RefusalCode.Frozen, b => b.Stops.Add(new StopFact(StopKind.Frozen, FreezeScope.Platform, "incident"))),
        new("vault frozen", RefusalCode.Frozen, b => b.Stops.Add(new StopFact(StopKind.Frozen, FreezeScope.Vault("hot-1"), "incident"))),
        new("client frozen", RefusalCode.Frozen, b => b.Stops.Add(new StopFact(StopKind.Frozen, FreezeScope.Client("exchange-a"), "incident"))),
        new("stop journal broken", RefusalCode.JournalBroken, b => b.Stops.Broken = "shorter than it was"),
        new("signing journal broken", RefusalCode.JournalBroken, b => b.Signings.Broken.Add("hot-1")),
        new("another vault's signing journal broken", RefusalCode.JournalBroken, b => b.Signings.Broken.Add("warm-1")),

        // Bytes
        new("no unsigned bytes", RefusalCode.TransactionMismatch, b => b.EditDocument(CaseDocuments.Unsigned(1), _ => null)),
        new("unsigned bytes malformed", RefusalCode.TransactionMismatch, b => Unsigned(b, [2, 0xc0])),
        new("unsigned bytes with something behind them", RefusalCode.TransactionMismatch, b => Unsigned(b, [.. b.Case.Find(CaseDocuments.Unsigned(1))!.Content.Span, 0])),
        new("bytes pay another address", RefusalCode.TransactionMismatch, b => Pay(b, t => t with { To = People.WarmKey.Address })),
        new("bytes pay more", RefusalCode.TransactionMismatch, b => Pay(b, t => t with { Value = t.Value + 1 })),
        new("bytes pay less", RefusalCode.TransactionMismatch, b => Pay(b, t => t with { Value = t.Value - 1 })),
        new("bytes for another chain", RefusalCode.TransactionMismatch, b => Pay(b, t => t with { ChainId = 1 })),
        new("bytes above the fee rate", RefusalCode.TransactionMismatch, b => Pay(b, t => t with { MaxFeePerGas = World.Intent.Fee.MaxRate + 1 })),

        // The device
        new("no device for the vault", RefusalCode.VaultUnavailable, b => b.Devices.Remove("hot-1")),
        .. Enum.GetValues<VaultKeyState>().Where(s => s is not (VaultKeyState.Active or VaultKeyState.Unspecified)).Select(s => new Control($"key is {s}", RefusalCode.GovernanceTightened, _ => { }, KeyIn(s))),
        new("key not attested", RefusalCode.VaultKeyMismatch, b => b.Hot.Key = new VaultKeyReading.Faulted(VaultFault.KeyNotAttested, "extractable")),
        new("key not pinned to a version", RefusalCode.VaultKeyMismatch, b => b.Hot.Key = new VaultKeyReading.Faulted(VaultFault.KeyNotPinned, "no version")),
        new("key with another root in its label", RefusalCode.VaultKeyMismatch, b => b.EditKey(k => k with { Label = new string('0', 64) })),
        new("key that is not the governed one", RefusalCode.VaultKeyMismatch, b => b.EditKey(k => k with { PublicKey = People.WarmKey.PublicKey })),
        new("key not sensitive", RefusalCode.VaultKeyMismatch, b => b.EditKey(k => k with { Sensitive = false })),
        new("key extractable", RefusalCode.VaultKeyMismatch, b => b.EditKey(k => k with { NeverExtractable = false })),
        new("key made outside", RefusalCode.VaultKeyMismatch, b => b.EditKey(k => k with { GeneratedInside = false })),
        new("key modifiable", RefusalCode.VaultKeyMismatch, b => b.EditKey(k => k with { Modifiable = true })),
        new("key that decrypts", RefusalCode.VaultKeyMismatch, b => b.EditKey(k => k with { SignOnly = false })),
    ];

    private static StopFact TakenBack(string who) => new(StopKind.VoteWithdrawn, VoteSubject.Of(World.WithdrawalId, who), "changed my mind", 1, World.Intent.Digest());

    private static CustodyWorld Filmed => World with { Governance = World.Governance with { Rules = [.. World.Governance.Rules.Select(r => r with { VideoConfirmation = true })] } };

    private static void Film(GateBench bench, Func<VideoStatement, VideoStatement>? change = null)
    {
        var statement = new VideoStatement(1, bench.Id, Filmed.Intent.Digest(), 1, "recording 7", "olga", CustodyWorld.Start, CustodyWorld.Start.AddHours(1));
        var compact = People.Olga.Sign(DocumentType.VideoConfirmation, (change ?? (s => s))(statement), CustodyWorld.Start);
        bench.Withdrawals.Stored[bench.Id] = bench.Case with
        {
            Documents = bench.Case.Documents.Values.Append(new CaseDocument(CaseDocuments.Video(1, "olga", compact), Encoding.ASCII.GetBytes(compact))).ToDictionary(d => d.Name),
        };
    }

    [Fact]
    public async Task SignAsync_QuorumRecordedAtTheDeadline_Signs() => await new GateBench(Deciding(seconds: 1200)).SignedAsync();

    // Blocks may be dated a little ahead; what is valid by then is signed.
    [Fact]
    public async Task SignAsync_ChainALittleAhead_Signs() => await new GateBench { ChainTime = CustodyWorld.Start + HostClockRule.Tolerance }.SignedAsync();

    [Fact]
    public async Task SignAsync_ChainFarAhead_WaitsForTheHostsClock()
    {
        var bench = new GateBench { ChainTime = CustodyWorld.Start + HostClockRule.Tolerance + TimeSpan.FromSeconds(1) };

        Assert.Equal(RefusalCode.HostClockBehind, Assert.IsType<GateOutcome.NotYet>(await bench.SignAsync()).Code);
        Assert.Equal(0, bench.Hot.Asked);

        bench.Time.SetUtcNow(bench.ChainTime.Value);
        await bench.SignedAsync();
    }

    [Fact]
    public async Task SignAsync_ARecordedVideoCall_Signs()
    {
        var bench = new GateBench(Filmed);
        Film(bench);

        await bench.SignedAsync();
    }

    private static DateTimeOffset Soon => CustodyWorld.Start.AddMinutes(3);

    private static CustodyWorld Approvers(Func<Approver, Approver> edit) =>
        World with { Governance = World.Governance with { Approvers = [.. World.Governance.Approvers.Select(a => a.Id == "bob" ? edit(a) : a)] } };

    private static CustodyWorld ClientKeysUntil(DateTimeOffset until) => World with
    {
        Governance = World.Governance with { Clients = [.. World.Governance.Clients.Select(c => c with { Keys = [.. c.Keys.Select(k => k with { Terms = new KeyTerms(NotAfter: until) })] })] },
    };

    // The intent was made forty minutes ago, and its quorum recorded twenty minutes ago.
    private static CustodyWorld Deciding(int seconds) => World with { Governance = World.Governance with { Rules = [.. World.Governance.Rules.Select(r => r with { ApprovalSeconds = seconds })] } };

    private static CustodyWorld Immediate => World with { Governance = World.Governance with { Rules = [.. World.Governance.Rules.Select(r => r with { CoolingOffSeconds = 0 })] } };

    private static byte[] Bytes<T>(T document) => CanonicalJson.Serialize(document);

    private static void Resign(GateBench bench, SoftwareKey key, string type) =>
        bench.EditDocument(CaseDocuments.Request, d => d with { Signature = key.SignBytes(type, d.Content, CustodyWorld.Start, detached: true) });

    private static void SwapRequest(GateBench bench, CustodyWorld other) =>
        bench.EditDocument(CaseDocuments.Request, d => d with { Content = other.Body, Signature = other.BodySignature });

    private static void EditIntent(GateBench bench, Func<WithdrawalIntent, WithdrawalIntent> edit) =>
        bench.EditDocument(CaseDocuments.Intent(1), d => d with { Content = Bytes(edit(World.Intent)) });

    private static void Customer(GateBench bench, SignedDocument document) => bench.Facts.Stored[(FactKind.Customer, FactId.Customer("exchange-a", "customer-7"))] = document;

    private static void Entry(GateBench bench, SignedDocument document) => bench.Facts.Stored[(FactKind.WhitelistEntry, "entry-1")] = document;

    private static void Govern(GateBench bench, SignedDocument document) => bench.Facts.Stored[(FactKind.Governance, FactId.Governance(1))] = document;

    private static void Vote(GateBench bench, string approver, string vote) =>
        bench.EditDocument(CaseDocuments.Vote(1, approver), d => d with { Content = Encoding.ASCII.GetBytes(vote) });

    private static void AddVote(GateBench bench, string approver, string vote) => bench.Withdrawals.Stored[bench.Id] = bench.Case with
    {
        Documents = bench.Case.Documents.Values.Append(new CaseDocument(CaseDocuments.Vote(1, approver), Encoding.ASCII.GetBytes(vote))).ToDictionary(d => d.Name),
    };

    private static void Unsigned(GateBench bench, byte[] bytes) => bench.EditDocument(CaseDocuments.Unsigned(1), d => d with { Content = bytes });

    private static void Pay(GateBench bench, Func<EvmTransfer, EvmTransfer> edit) => Unsigned(bench, UnsignedTransaction.Encode(edit(GateBench.Transfer(World.Intent, 7))));

    private static PolicyRule OneEtherRule => SampleGovernance.Rule("retail", CustomerClass.Retail, "hot-1", 1);

    private static CustodyWorld Ruled(IReadOnlyList<PolicyRule> rules) => World with { Governance = World.Governance with { Rules = rules } };

    // The intent was made and approved under the world's governance; another one came in force since.
    private static CustodyWorld InForce(CustodyWorld other) => World with { StopFacts = [other.InForce, World.Activated, World.ListInForce, World.QuorumReached] };

    private static CustodyWorld KeyIn(VaultKeyState state) =>
        World with { Governance = World.Governance with { Vaults = [.. World.Governance.Vaults.Select(v => v.Id == "hot-1" ? v with { State = state } : v)] } };

    private sealed record Control(string Name, RefusalCode Code, Action<GateBench> Break, CustodyWorld? World = null);
}
