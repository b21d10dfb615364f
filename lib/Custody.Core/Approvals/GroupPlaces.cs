using Custody.Core.Governance;
using Custody.Core.Policy;

namespace Custody.Core.Approvals;

/// <summary>
/// Rule: the places of all approval groups can be filled at once, each by a person of its own. Somebody with two roles fills
/// one place, and which one is chosen so that all can be filled if that is possible at all: as a maximal flow, from people
/// through (group, site) to each group's places, of which as many as it wants sites take one person of a site.
/// </summary>
public static class GroupPlaces
{
    private const int Source = 0;
    private const int Sink = 1;

    /// <summary>Whether people with these approvals fill every group.</summary>
    public static bool AreFilled(IReadOnlyList<ApprovalGroup> groups, IReadOnlyList<Approver> approvers)
    {
        var people = approvers.GroupBy(a => a.Person, StringComparer.Ordinal).ToList();
        var sites = approvers.Select(a => a.Site).Distinct(StringComparer.Ordinal).ToList();

        // Nodes: source, sink, people, then for each group its two kinds of places and its sites.
        var group = 2 + people.Count;
        var width = 2 + sites.Count;
        var capacity = new int[group + (groups.Count * width), group + (groups.Count * width)];
        for (var p = 0; p < people.Count; p++)
        {
            capacity[Source, 2 + p] = 1;
            for (var g = 0; g < groups.Count; g++)
            {
                foreach (var approver in people[p].Where(a => a.Role == groups[g].Role))
                {
                    capacity[2 + p, group + (g * width) + 2 + sites.IndexOf(approver.Site)] = 1;
                }
            }
        }

        for (var g = 0; g < groups.Count; g++)
        {
            var (apart, rest) = (group + (g * width), group + (g * width) + 1);
            capacity[apart, Sink] = groups[g].MinSites;
            capacity[rest, Sink] = groups[g].Min - groups[g].MinSites;
            for (var s = 0; s < sites.Count; s++)
            {
                capacity[apart + 2 + s, apart] = 1;
                capacity[apart + 2 + s, rest] = people.Count;
            }
        }

        var filled = 0;
        while (Augment(capacity, Source, new bool[capacity.GetLength(0)]))
        {
            filled++;
        }

        return groups.All(g => g.Min >= 1 && g.MinSites >= 1 && g.Min >= g.MinSites) && filled == groups.Sum(g => g.Min);
    }

    // One more person reaches a place, others making room where they can fill another (Ford and Fulkerson).
    private static bool Augment(int[,] capacity, int from, bool[] seen)
    {
        if (from == Sink)
        {
            return true;
        }

        seen[from] = true;
        for (var to = 0; to < seen.Length; to++)
        {
            if (!seen[to] && capacity[from, to] > 0 && Augment(capacity, to, seen))
            {
                capacity[from, to]--;
                capacity[to, from]++;
                return true;
            }
        }

        return false;
    }
}
