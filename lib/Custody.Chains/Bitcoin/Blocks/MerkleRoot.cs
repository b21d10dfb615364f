namespace Custody.Chains.Bitcoin;

/// <summary>The root over transaction ids that a header commits to.</summary>
public static class MerkleRoot
{
    /// <summary>
    /// The root; null where two neighbours of a level are the same. Such a list has the root of a shorter one as well
    /// (CVE-2012-2459), so it says nothing of which transactions there are.
    /// </summary>
    public static TransactionId? Of(IReadOnlyList<TransactionId> ids)
    {
        if (ids.Count == 0)
        {
            return null;
        }

        Span<byte> pair = stackalloc byte[2 * TransactionId.Length];
        var level = ids;
        while (level.Count > 1)
        {
            var above = new List<TransactionId>((level.Count + 1) / 2);
            for (var i = 0; i < level.Count; i += 2)
            {
                var isAlone = i + 1 == level.Count;
                if (!isAlone && level[i] == level[i + 1])
                {
                    return null;
                }

                level[i].CopyTo(pair);
                level[isAlone ? i : i + 1].CopyTo(pair[TransactionId.Length..]);
                above.Add(new TransactionId(Hashes.Sha256d(pair)));
            }

            level = above;
        }

        return level[0];
    }
}
