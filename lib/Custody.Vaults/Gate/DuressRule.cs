using Custody.Core.Approvals;
using Custody.Core.Results;

namespace Custody.Vaults.Gate;

/// <summary>
/// Rule: nobody signed with the key that they use when forced: no vote, not the whitelist entry, and not the end of its last
/// suspension. Where governance carries commitments, that of each device which signed must open to a kind; without the openings
/// nothing is signed. Who looks at the withdrawal from outside sees a cooling-off that goes on.
/// </summary>
public static class DuressRule
{
    /// <summary>Whether every commitment opens, and the first duress device that signed, which is no refusal that anybody may see.</summary>
    public static (Verdict Verdict, string? Duress) Check(GateFacts facts)
    {
        // The index names the entry; IntentRule refuses one that the request does not name.
        var (entryId, governed, now) = (facts.Case.State.WhitelistEntryId, facts.Governed, facts.Now);
        var standing = facts.Stops.StandingOf(entryId);
        var (verdict, duress) = Open(
            [
                .. SigningDevices.OfVotes(facts.Case, governed, now),
                .. SigningDevices.OfEntry(facts.Entry, standing, governed, now),
                .. SigningDevices.OfReinstatement(entryId, standing, governed, now),
            ],
            facts.Openings);
        return (verdict, duress.Count > 0 ? duress[0] : null);
    }

    /// <summary>Opens the commitments of devices; the duress devices among those that did sign.</summary>
    internal static (Verdict Verdict, IReadOnlyList<string> Duress) Open(IEnumerable<SigningDevice> devices, DuressOpenings? openings)
    {
        var (verdict, duress) = (Verdict.Allowed, new List<string>());
        foreach (var device in devices)
        {
            var kind = openings?.KindOf(device.Subject, device.Commitment) ?? DeviceKind.Unknown;
            if (kind == DeviceKind.Plain || !device.Signed())
            {
                continue;
            }

            if (kind == DeviceKind.Duress)
            {
                duress.Add(device.Subject);
            }
            else
            {
                verdict = Verdict.Refused(RefusalCode.CommitmentUnopened, $"The gate cannot open the commitment of the device '{device.Subject}'.");
            }
        }

        return (verdict, duress);
    }
}
