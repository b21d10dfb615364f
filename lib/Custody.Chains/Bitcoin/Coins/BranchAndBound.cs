namespace Custody.Chains.Bitcoin;

/// <summary>
/// Looks for coins that pay exactly, so that no change is made: a depth-first search over the coins, largest first, taking
/// each or leaving it, which gives up a branch that is too much already or can no longer be enough. Of what it finds within
/// its tries, the least excess wins.
/// </summary>
internal static class BranchAndBound
{
    private const int Tries = 100_000;

    /// <summary>The coins' indices, rising; null when no match was found.</summary>
    /// <param name="values">Effective values, falling, all positive.</param>
    /// <param name="target">What is to be reached.</param>
    /// <param name="tolerance">How much more is still a match.</param>
    /// <param name="maxInputs">The most coins.</param>
    public static IReadOnlyList<int>? Search(ReadOnlySpan<long> values, Int128 target, Int128 tolerance, int maxInputs)
    {
        var after = SumsAfter(values);
        var taken = new List<int>(maxInputs);
        var (sum, least) = (Int128.Zero, Int128.MaxValue);
        int[]? best = null;
        for (var (next, tries) = (0, 0); tries < Tries; tries++)
        {
            var room = maxInputs - taken.Count;
            var reachable = next < values.Length && sum + after[next] >= target && sum + ((Int128)room * values[next]) >= target;
            if (sum >= target || !reachable)
            {
                if (sum >= target && sum - target <= tolerance && sum - target < least)
                {
                    (best, least) = ([.. taken], sum - target);
                }

                // Leave the last coin that was taken, and every equal one after it: they would give the same sums again.
                if (least == 0 || taken.Count == 0)
                {
                    break;
                }

                var last = taken[^1];
                taken.RemoveAt(taken.Count - 1);
                sum -= values[last];
                next = last + 1;
                while (next < values.Length && values[next] == values[last])
                {
                    next++;
                }

                continue;
            }

            // A coin that alone overshoots is passed over, not tried: the next is smaller.
            if (sum + values[next] > target + tolerance)
            {
                next = FirstAtMost(values, next, target + tolerance - sum);
                continue;
            }

            sum += values[next];
            taken.Add(next++);
        }

        return best;
    }

    private static int FirstAtMost(ReadOnlySpan<long> values, int from, Int128 most)
    {
        var (low, high) = (from, values.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = values[middle] > most ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static Int128[] SumsAfter(ReadOnlySpan<long> values)
    {
        var sums = new Int128[values.Length];
        var sum = Int128.Zero;
        for (var i = values.Length - 1; i >= 0; i--)
        {
            sum += values[i];
            sums[i] = sum;
        }

        return sums;
    }
}
