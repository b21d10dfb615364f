using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Restoring;
using Custody.Core.Signatures;

namespace Custody.Testing.World;

/// <summary>Makes restore statements about the world's store, and the stop journal's lines that accept them.</summary>
public static class Restores
{
    /// <summary>About the default world: the stop journal is accepted at line 4, the hot vault's at line 1, the warm one's at its first.</summary>
    public static RestoreStatement Statement(DateTimeOffset at, ulong unknownBelow = 0, GovernanceDocument? newest = null)
    {
        var document = newest ?? SampleGovernance.Document;
        return new RestoreStatement(
            1, CustodyWorld.Default.TrustRoot, document.Version, document.Digest(),
            [
                new RestoredJournal("stop", Head(9), Head(4)),
                new RestoredJournal("signing/hot-1", Head(5), Head(1)),
                new RestoredJournal("signing/warm-1", null, Head(0)),
            ],
            [
                new RestoredAccount("hot-1", SampleGovernance.Chain, People.HotKey.Address.ToString(), unknownBelow),
                new RestoredAccount("warm-1", SampleGovernance.Chain, People.WarmKey.Address.ToString(), 0),
            ],
            "the region burnt down", at, at.AddHours(12));
    }

    public static SignedDocument Signed(RestoreStatement statement, params SoftwareKey[] governors) =>
        Signing.Document(DocumentType.Restore, statement, statement.SignedAt, governors.Length > 0 ? governors : [People.Gina, People.Gus]);

    public static RestoreBundle Bundle(RestoreStatement statement, params SoftwareKey[] governors) =>
        new(Signed(statement, governors), [CustodyWorld.Default.GovernanceDocument]);

    /// <summary>The line that accepts it.</summary>
    public static StopFact Fact(RestoreStatement statement) => new(
        StopKind.Restored, FreezeScope.Platform, $"Storage was restored: {statement.Reason}",
        Digest: RestoreStatement.DigestOf(CanonicalJson.Serialize(statement)), Evidence: Restoration.Evidence(Signed(statement)));

    /// <summary>The end of its freeze.</summary>
    public static StopFact Thawed { get; } = new(StopKind.Thawed, FreezeScope.Platform, "looked at");

    private static JournalHead Head(long sequence) => new(sequence, new string('a', 64));
}
