namespace Custody.Chains.Evm;

/// <summary>
/// Rule: the newest height is the highest that a majority of all configured providers has reached. Lower is the safe side: it
/// confirms later, and reads what is older and agreed. One provider can neither raise it nor, of three, hold it back. Of two that
/// are too far apart nobody can say which one is right, so there is none.
/// </summary>
internal static class HeadRule
{
    public static HeadHeight? Decide(IReadOnlyList<(string Provider, ulong Height)> newest, int needed, ulong mostBlocksBehind)
    {
        List<string> ahead = [];
        var counted = newest.OrderByDescending(n => n.Height).ToList();
        while (counted.Count >= needed)
        {
            var height = counted[needed - 1].Height;
            var outliers = counted.Where(n => n.Height > height && n.Height - height > mostBlocksBehind).ToList();
            if (outliers.Count == 0)
            {
                return new HeadHeight(height, [.. counted.Where(n => n.Height < height && height - n.Height > mostBlocksBehind).Select(n => n.Provider)], ahead);
            }

            ahead.AddRange(outliers.Select(n => n.Provider));
            counted.RemoveAll(outliers.Contains);
        }

        return null;
    }
}
