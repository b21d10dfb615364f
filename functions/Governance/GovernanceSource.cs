using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;

namespace Custody.Functions.Governance;

/// <summary>Reads governance in force, verifying it every time.</summary>
public sealed class GovernanceSource(GovernanceArchive archive, IStopJournal stops)
{
    /// <summary>Reads journal and document; a broken journal is a refusal.</summary>
    public async Task<GovernanceSnapshot> ReadAsync(CancellationToken cancellation)
    {
        StopView view;
        try
        {
            view = (await stops.ReadAsync(cancellation)).View;
        }
        catch (JournalBrokenException broken)
        {
            return new GovernanceSnapshot.Refused(RefusalCode.JournalBroken, broken.Message);
        }

        var (reading, stored) = await archive.ReadAsync(view, chainTime: null, cancellation);
        return reading switch
        {
            GovernanceReading.Verified verified => new GovernanceSnapshot.InForce(verified.Governed, stored!, view),
            GovernanceReading.Refused refused => new GovernanceSnapshot.Refused(refused.Code, refused.Detail),
            _ => new GovernanceSnapshot.Refused(RefusalCode.GovernanceInvalid, "Governance could not be read."),
        };
    }

    /// <summary>The same, where nothing can go on without: a refusal throws.</summary>
    public async Task<GovernanceSnapshot.InForce> RequireAsync(CancellationToken cancellation) => await ReadAsync(cancellation) switch
    {
        GovernanceSnapshot.InForce inForce => inForce,
        GovernanceSnapshot.Refused refused => throw new GovernanceRefusedException(refused.Code, refused.Detail),
        _ => throw new InvalidOperationException("Governance could not be read."),
    };
}
