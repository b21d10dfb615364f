using System.Collections.Immutable;
using System.Globalization;
using Custody.Core.Approvals;
using Custody.Core.Restoring;
using Custody.Core.Whitelisting;

namespace Custody.Core.Journals;

/// <summary>
/// The stop journal folded up to a head: what is stopped. It is only ever built by reading the journal from its first line,
/// so it can be behind, but it cannot be wrong about what it has read.
/// </summary>
public sealed record StopView
{
    private ImmutableDictionary<string, StopEntry> Ended { get; init; } = ImmutableDictionary<string, StopEntry>.Empty;

    private ImmutableHashSet<(string Withdrawal, int Attempt)> Burnt { get; init; } = [];

    private ImmutableDictionary<string, StopEntry> Freezes { get; init; } = ImmutableDictionary<string, StopEntry>.Empty;

    private ImmutableHashSet<(string Scope, string Reason)> FrozenFor { get; init; } = [];

    private ImmutableDictionary<string, StopEntry> Activations { get; init; } = ImmutableDictionary<string, StopEntry>.Empty;

    private ImmutableDictionary<string, JournalMoment> ActivatedUnder { get; init; } = ImmutableDictionary<string, JournalMoment>.Empty;

    private ImmutableDictionary<(string Withdrawal, int Attempt), StopEntry> Quorums { get; init; } =
        ImmutableDictionary<(string Withdrawal, int Attempt), StopEntry>.Empty;

    private ImmutableDictionary<string, StopEntry> Tombstones { get; init; } = ImmutableDictionary<string, StopEntry>.Empty;

    private ImmutableDictionary<string, StopEntry> EntrySuspensions { get; init; } = ImmutableDictionary<string, StopEntry>.Empty;

    private ImmutableDictionary<string, Reinstatement> Reinstatements { get; init; } = ImmutableDictionary<string, Reinstatement>.Empty;

    private ImmutableDictionary<string, ActivatedEntry> Activated { get; init; } = ImmutableDictionary<string, ActivatedEntry>.Empty;

    private ImmutableDictionary<string, StopEntry> Proposals { get; init; } = ImmutableDictionary<string, StopEntry>.Empty;

    private ImmutableHashSet<string> Vetoed { get; init; } = [];

    private ImmutableDictionary<string, StopEntry> SanctionsLists { get; init; } = ImmutableDictionary<string, StopEntry>.Empty;

    private ImmutableHashSet<(string Withdrawal, int Attempt, string Subject)> Clear { get; init; } = [];

    private ImmutableDictionary<(string Withdrawal, int Attempt), ImmutableHashSet<string>> Hits { get; init; } =
        ImmutableDictionary<(string Withdrawal, int Attempt), ImmutableHashSet<string>>.Empty;

    private ImmutableDictionary<string, StopEntry> DeviceSuspensions { get; init; } = ImmutableDictionary<string, StopEntry>.Empty;

    private ImmutableHashSet<string> Contradictions { get; init; } = [];

    private ImmutableDictionary<string, StopEntry> IssuedDrills { get; init; } = ImmutableDictionary<string, StopEntry>.Empty;

    private ImmutableDictionary<string, StopEntry> AnsweredDrills { get; init; } = ImmutableDictionary<string, StopEntry>.Empty;

    private ImmutableHashSet<(string Vote, int Attempt)> WithdrawnVotes { get; init; } = [];

    private ImmutableHashSet<string> OfBrokenQuorums { get; init; } = [];

    private ImmutableDictionary<(string Withdrawal, int Attempt), StopEntry> BrokenQuorums { get; init; } =
        ImmutableDictionary<(string Withdrawal, int Attempt), StopEntry>.Empty;

    private ImmutableList<Restoration> Restorations { get; init; } = [];

    private ImmutableDictionary<string, StopEntry> Matches { get; init; } = ImmutableDictionary<string, StopEntry>.Empty;

    private ImmutableDictionary<string, string> MatchedTransactions { get; init; } = ImmutableDictionary<string, string>.Empty;

    private ImmutableHashSet<string> EndedAmendments { get; init; } = [];

    /// <summary>Nothing read yet.</summary>
    public static StopView Empty { get; } = new();

    /// <summary>The newest governance version in force; 0 when none is.</summary>
    public int GovernanceVersion { get; private init; }

    /// <summary>Its digest, hex; empty when none is.</summary>
    public string GovernanceDigest { get; private init; } = "";

    /// <summary>The freezes in force, by scope.</summary>
    public IReadOnlyDictionary<string, StopEntry> FreezesInForce => Freezes;

    /// <summary>The entry that ended a withdrawal; null when none did.</summary>
    public StopEntry? EndOf(string withdrawalId) => Ended.GetValueOrDefault(withdrawalId);

    /// <summary>True when the amendment with this digest was rejected.</summary>
    public bool IsAmendmentEnded(string digest) => EndedAmendments.Contains(digest);

    /// <summary>True when the attempt no longer counts.</summary>
    public bool IsBurnt(string withdrawalId, int attempt) => Burnt.Contains((withdrawalId, attempt));

    /// <summary>The first freeze in force that covers a vault and client; null when none does.</summary>
    public StopEntry? FreezeOn(string vaultId, string clientId) =>
        Freezes.GetValueOrDefault(FreezeScope.Platform)
        ?? Freezes.GetValueOrDefault(FreezeScope.Vault(vaultId))
        ?? Freezes.GetValueOrDefault(FreezeScope.Client(clientId));

    /// <summary>True when the scope was ever frozen for this very reason, whether or not it was thawed since.</summary>
    public bool WasFrozenFor(string scope, string reason) => FrozenFor.Contains((scope, reason));

    /// <summary>Every entry that was ever activated, as its line carries it; one that has ended stays.</summary>
    public IEnumerable<ActivatedEntry> ActivatedEntries => Activated.Values;

    /// <summary>What the journal says of a whitelist entry.</summary>
    public EntryStanding StandingOf(string entryId) => new(
        Activated.GetValueOrDefault(entryId),
        Activations.ContainsKey(entryId),
        EntrySuspensions.GetValueOrDefault(entryId),
        Reinstatements.GetValueOrDefault(entryId),
        Tombstones.GetValueOrDefault(entryId));

    /// <summary>When an entry with this digest was activated; null when it was not, or has ended.</summary>
    public DateTimeOffset? EntryActivatedAt(string entryId, string digest) =>
        !Tombstones.ContainsKey(entryId) && Activations.TryGetValue(entryId, out var activation) && activation.Digest == digest ? activation.At : null;

    /// <summary>What holds at the journal's head.</summary>
    public JournalMoment Moment => new(GovernanceDigest, [.. DeviceSuspensions.Keys]);

    /// <summary>What held when an entry was activated; null for one that never was.</summary>
    public JournalMoment? EntryActivatedUnder(string entryId) => ActivatedUnder.GetValueOrDefault(entryId);

    /// <summary>When the quorum over this intent was recorded; null when it was not.</summary>
    public DateTimeOffset? QuorumReachedAt(string withdrawalId, int attempt, string intentDigest) =>
        Quorums.TryGetValue((withdrawalId, attempt), out var quorum) && quorum.Digest == intentDigest ? quorum.At : null;

    /// <summary>When the quorum of the governance version with this digest was recorded; null when it was not.</summary>
    public DateTimeOffset? GovernanceProposedAt(string digest) => Proposals.GetValueOrDefault(digest)?.At;

    /// <summary>True when the governance version with this digest was vetoed.</summary>
    public bool IsVetoed(string digest) => Vetoed.Contains(digest);

    /// <summary>The proposals of the version after the one in force that nobody vetoed, oldest first.</summary>
    public IReadOnlyList<StopEntry> OpenProposals =>
    [
        .. Proposals.Values
            .Where(p => p.Subject == (GovernanceVersion + 1).ToString(CultureInfo.InvariantCulture) && !Vetoed.Contains(p.Digest!))
            .OrderBy(p => p.Sequence),
    ];

    /// <summary>The line that put a source's sanctions list in force; null when none did.</summary>
    public StopEntry? SanctionsListOf(string source) => SanctionsLists.GetValueOrDefault(source);

    /// <summary>True when the screening provider answered for this attempt that it does not have this subject.</summary>
    public bool IsScreenedClear(string withdrawalId, int attempt, string subjectDigest) => Clear.Contains((withdrawalId, attempt, subjectDigest));

    /// <summary>The digests of what the screening provider found for an attempt; a later answer takes none away.</summary>
    public IReadOnlyCollection<string> ScreeningHits(string withdrawalId, int attempt) =>
        Hits.GetValueOrDefault((withdrawalId, attempt)) ?? [];
    /// <summary>The suspensions in force, by device; see <see cref="DeviceSubject"/>.</summary>
    public IReadOnlyDictionary<string, StopEntry> SuspendedDevices => DeviceSuspensions;

    /// <summary>The suspension of an approver's device; null when it is not suspended.</summary>
    public StopEntry? SuspensionOf(string approverId, string deviceId) => DeviceSuspensions.GetValueOrDefault(DeviceSubject.Of(approverId, deviceId));

    /// <summary>True when this statement suspended its device before, whether or not the device was reinstated since: captured, it must not do so twice.</summary>
    public bool HasSuspended(string statementDigest) => Contradictions.Contains(statementDigest);

    /// <summary>True when an approver took their vote on this attempt back.</summary>
    public bool IsVoteWithdrawn(string withdrawalId, int attempt, string approverId) =>
        WithdrawnVotes.Contains((VoteSubject.Of(withdrawalId, approverId), attempt));

    /// <summary>The line that took a vote back after the attempt's quorum had been recorded; null when none did.</summary>
    public StopEntry? QuorumBrokenBy(string withdrawalId, int attempt) => BrokenQuorums.GetValueOrDefault((withdrawalId, attempt));

    /// <summary>True when a vote on any attempt of the withdrawal was taken back after that attempt's quorum.</summary>
    public bool HasBrokenQuorum(string withdrawalId) => OfBrokenQuorums.Contains(withdrawalId);

    /// <summary>The line that issued a drill under this id; null when it is none.</summary>
    public StopEntry? DrillOf(string withdrawalId) => IssuedDrills.GetValueOrDefault(withdrawalId);

    /// <summary>Every drill, by its id.</summary>
    public IReadOnlyDictionary<string, StopEntry> Drills => IssuedDrills;

    /// <summary>Each approver's first answer to each drill, by <see cref="VoteSubject"/>.</summary>
    public IReadOnlyDictionary<string, StopEntry> DrillAnswers => AnsweredDrills;

    /// <summary>Every restore of the store, oldest first.</summary>
    public IReadOnlyList<Restoration> Restores => Restorations;

    /// <summary>The line that matched a withdrawal with the chain after a restore; null when none did.</summary>
    public StopEntry? PaymentOf(string withdrawalId) => Matches.GetValueOrDefault(withdrawalId);

    /// <summary>The withdrawal that a transaction was matched with after a restore; null when it was with none.</summary>
    public string? MatchedWith(string transactionId) => MatchedTransactions.GetValueOrDefault(transactionId);

    /// <summary>The view with one more line. Throws <see cref="JournalBrokenException"/> for a kind that it does not know.</summary>
    public StopView With(StopEntry entry) => entry.Kind switch
    {
        StopKind.Genesis => this,
        StopKind.WithdrawalEnded => Ended.ContainsKey(entry.Subject) ? this : this with { Ended = Ended.Add(entry.Subject, entry) },
        StopKind.AttemptBurnt => this with { Burnt = Burnt.Add((entry.Subject, entry.Attempt ?? 0)) },
        // The newest freeze of a scope stands: a thaw that was signed for an earlier one must not lift what was found since.
        StopKind.Frozen => this with { Freezes = Freezes.SetItem(entry.Subject, entry), FrozenFor = FrozenFor.Add((entry.Subject, entry.Reason)) },
        StopKind.Thawed => this with { Freezes = Freezes.Remove(entry.Subject) },
        // The first activation stands: a second line could otherwise restart, or forge, a cooling-off.
        StopKind.EntryActivated => Activations.ContainsKey(entry.Subject)
            ? this
            : this with
            {
                Activations = Activations.Add(entry.Subject, entry),
                ActivatedUnder = ActivatedUnder.Add(entry.Subject, Moment),
                Activated = WhitelistEvidence.Read(entry) is { } activated ? Activated.Add(entry.Subject, activated) : Activated,
            },
        StopKind.QuorumReached => Quorums.ContainsKey((entry.Subject, entry.Attempt ?? 0)) ? this : this with { Quorums = Quorums.Add((entry.Subject, entry.Attempt ?? 0), entry) },
        StopKind.EntryTombstoned or StopKind.EntryRejected => Tombstones.ContainsKey(entry.Subject) ? this : this with { Tombstones = Tombstones.Add(entry.Subject, entry) },
        // The newest suspension stands, as with freezes: what was signed to lift an earlier one must not lift it.
        StopKind.EntrySuspended => this with { EntrySuspensions = EntrySuspensions.SetItem(entry.Subject, entry) },
        StopKind.EntryReinstated => EntrySuspensions.GetValueOrDefault(entry.Subject) is { } lifted
            ? this with { EntrySuspensions = EntrySuspensions.Remove(entry.Subject), Reinstatements = Reinstatements.SetItem(entry.Subject, new Reinstatement(lifted, entry, Moment)) }
            : this,

        StopKind.DeviceSuspended => this with { DeviceSuspensions = DeviceSuspensions.SetItem(entry.Subject, entry), Contradictions = Contradictions.Add(entry.Digest ?? "") },
        StopKind.DeviceReinstated => this with { DeviceSuspensions = DeviceSuspensions.Remove(entry.Subject) },
        StopKind.DrillIssued => IssuedDrills.ContainsKey(entry.Subject) ? this : this with { IssuedDrills = IssuedDrills.Add(entry.Subject, entry) },
        StopKind.DrillAnswered => AnsweredDrills.ContainsKey(entry.Subject) ? this : this with { AnsweredDrills = AnsweredDrills.Add(entry.Subject, entry) },
        StopKind.VoteWithdrawn => WithVoteWithdrawn(entry),
        StopKind.AmendmentEnded => this with { EndedAmendments = EndedAmendments.Add(entry.Digest ?? "") },
        StopKind.GovernanceInForce => WithGovernance(entry),
        // The first record stands, or a second could restart, and a forged one shorten, a delay.
        StopKind.GovernanceProposed => Proposals.ContainsKey(entry.Digest ?? "") ? this : this with { Proposals = Proposals.Add(entry.Digest ?? "", entry) },
        // Only what is open can be vetoed: a late line must not take back what is in force.
        StopKind.GovernanceVetoed => OpenProposals.Any(p => p.Digest == entry.Digest) ? this with { Vetoed = Vetoed.Add(entry.Digest!) } : this,
        // The newest line counts: the same list again says that it is still the newest.
        StopKind.SanctionsListInForce => this with { SanctionsLists = SanctionsLists.SetItem(entry.Subject, entry) },
        StopKind.ScreenedClear => this with { Clear = Clear.Add((entry.Subject, entry.Attempt ?? 0, entry.Digest ?? "")) },
        StopKind.ScreenedHit => this with { Hits = Hits.SetItem((entry.Subject, entry.Attempt ?? 0), [.. ScreeningHits(entry.Subject, entry.Attempt ?? 0), entry.Digest ?? ""]) },
        // A restore and its freeze are one line, so that neither is ever there without the other.
        StopKind.Restored => this with
        {
            Restorations = Restorations.Add(Restoration.Read(entry)),
            Freezes = Freezes.SetItem(FreezeScope.Platform, entry),
            FrozenFor = FrozenFor.Add((FreezeScope.Platform, entry.Reason)),
        },
        // One transaction pays one withdrawal, and one withdrawal once.
        StopKind.PaymentMatched => Matches.ContainsKey(entry.Subject) || MatchedTransactions.ContainsKey(entry.Digest ?? "")
            ? this
            : this with { Matches = Matches.Add(entry.Subject, entry), MatchedTransactions = MatchedTransactions.Add(entry.Digest ?? "", entry.Subject) },
        _ => throw new JournalBrokenException($"The stop journal's line {entry.Sequence} has an unknown kind."),
    };

    // The order of the journal decides whether a quorum was already there; a quorum that is broken once never heals.
    private StopView WithVoteWithdrawn(StopEntry entry)
    {
        var quorum = (Withdrawal: VoteSubject.WithdrawalOf(entry.Subject), entry.Attempt ?? 0);
        return this with
        {
            OfBrokenQuorums = Quorums.ContainsKey(quorum) ? OfBrokenQuorums.Add(quorum.Withdrawal) : OfBrokenQuorums,
            WithdrawnVotes = WithdrawnVotes.Add((entry.Subject, entry.Attempt ?? 0)),
            BrokenQuorums = Quorums.ContainsKey(quorum) && !BrokenQuorums.ContainsKey(quorum) ? BrokenQuorums.Add(quorum, entry) : BrokenQuorums,
        };
    }

    // Governance only goes forward: a line that put an older version, or another document of the same one, in force again
    // would bring back whoever was removed since.
    private StopView WithGovernance(StopEntry entry) =>
        int.TryParse(entry.Subject, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && entry.Digest is { Length: > 0 } digest
        && (version > GovernanceVersion || (version == GovernanceVersion && digest == GovernanceDigest))
            ? this with { GovernanceVersion = version, GovernanceDigest = digest }
            : throw new JournalBrokenException($"The stop journal's line {entry.Sequence} puts a governance version in force that is not newer than {GovernanceVersion}.");
}
