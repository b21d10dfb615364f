using System.Globalization;
using Custody.Core.Journals;

namespace Custody.Functions.Governance;

/// <summary>The instance id of a change of governance: the version and the beginning of its digest, so that it can be about nothing else.</summary>
public static class GovernanceInstance
{
    private const int DigestLetters = 32;

    /// <summary>The id for a proposal.</summary>
    public static string Of(int version, string digest) => string.Create(CultureInfo.InvariantCulture, $"governance-{version}-{digest[..DigestLetters]}");

    /// <summary>The open proposal that an id is about; null when none is.</summary>
    public static StopEntry? Find(string instanceId, StopView stops) =>
        stops.OpenProposals.FirstOrDefault(p => Of(stops.GovernanceVersion + 1, p.Digest!) == instanceId);
}
