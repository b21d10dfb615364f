using Custody.Cli.CommandLine;
using Custody.Cli.Outcomes;
using Custody.Core.Governance;
using Custody.Core.Reading;
using Custody.Core.Results;

namespace Custody.Cli.Api;

/// <summary>Fetches the governance versions up to the one in force, verifies them from the pinned root, and remembers the newest.</summary>
internal static class GovernanceReader
{
    public static async Task<Step<Governed>> ReadAsync(Session session, DateTimeOffset now, CancellationToken cancellation)
    {
        if ((await session.Api.GetAsync("governance/chain", cancellation)).OfRead().Stops(out var stop, out var answer)
            || answer.As<GovernanceVersions>().Stops(out stop, out var chain))
        {
            return stop;
        }

        switch (GovernanceVerifier.VerifyChain(chain.Versions, session.Profile.TrustRoot, now))
        {
            case GovernanceReading.Refused refused:
                return Refused(refused.Code, refused.Detail);
            case GovernanceReading.Verified { Governed: var governed }:
                if (BundleVerifier.Outdated(governed, session.Home.ReadSeen(governed.TrustRoot)) is { } outdated)
                {
                    return Refused(RefusalCode.GovernanceSuperseded, outdated);
                }

                session.Home.Remember(governed.TrustRoot, new SeenGovernance(governed.Document.Version, governed.Digest));
                return governed;
            default:
                return Refused(RefusalCode.Unspecified, "It was not verified.");
        }
    }

    private static CliOutcome.Refused Refused(RefusalCode code, string detail) =>
        CliOutcome.Refused.Because(code.Text(), "The governance document does not verify.", detail, ("fact", "governance"));
}
