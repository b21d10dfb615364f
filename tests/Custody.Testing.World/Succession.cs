using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Signatures;

namespace Custody.Testing.World;

/// <summary>Makes the governance versions after the world's first one.</summary>
public static class Succession
{
    public static readonly RiskAssessment Risk = new("risk/2026-01", new string('a', 64));

    /// <summary>The next version's document: edited, numbered, and naming the one before.</summary>
    public static GovernanceDocument Next(GovernanceDocument before, Func<GovernanceDocument, GovernanceDocument> edit) =>
        edit(before) with { Version = before.Version + 1, Previous = before.Digest(), CreatedAt = before.CreatedAt.AddDays(1) };

    /// <summary>The same with its risk assessment, for one that weakens.</summary>
    public static GovernanceDocument Weaker(GovernanceDocument before, Func<GovernanceDocument, GovernanceDocument> edit) =>
        Next(before, edit) with { Risk = Risk };

    /// <summary>Signed by the world's quorum, a responsible officer among them.</summary>
    public static SignedDocument Signed(GovernanceDocument document) => Signing.Document(DocumentType.Governance, document, CustodyWorld.Start.AddDays(-30), People.Gina, People.Gus);

    /// <summary>The line of the stop journal that records its quorum.</summary>
    public static StopFact Proposed(GovernanceDocument document) => new(StopKind.GovernanceProposed, Number(document), "It changes.", Digest: document.Digest());

    /// <summary>The line that puts it in force.</summary>
    public static StopFact InForce(GovernanceDocument document) => new(StopKind.GovernanceInForce, Number(document), "It changes.", Digest: document.Digest());

    /// <summary>The line that vetoes it.</summary>
    public static StopFact Vetoed(GovernanceDocument document) => new(StopKind.GovernanceVetoed, Number(document), "No.", Digest: document.Digest());

    private static string Number(GovernanceDocument document) => document.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
