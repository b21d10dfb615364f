namespace Custody.Scenarios.Crashes;

/// <summary>Which effects fail: all of them, or a sample that is dense where money moves.</summary>
internal static class CrashPoints
{
    private const int Sparse = 7;

    /// <summary>True when every one is wanted.</summary>
    public static bool All => Environment.GetEnvironmentVariable("CUSTODY_CRASHES") == "all";

    /// <summary>The effects of a payment, as an undisturbed run had them, that are to fail.</summary>
    public static IReadOnlyList<CrashPoint> Of(IReadOnlyList<string> effects, Fault fault) =>
        [.. Numbers(effects, fault).Select(k => new CrashPoint(k, effects[k - 1], effects.Take(k).Count(e => e == effects[k - 1])))];

    private static IEnumerable<int> Numbers(IReadOnlyList<string> effects, Fault fault)
    {
        var all = Enumerable.Range(1, effects.Count);
        if (All)
        {
            return all;
        }

        // From the line in a journal, which is before the vault is asked or the rejection acknowledged, to the first hand-over.
        var sign = effects.ToList().FindIndex(e => e.Contains("journals/", StringComparison.Ordinal)) + 1;
        var send = Math.Max(effects.ToList().FindIndex(e => e.StartsWith("eth_send", StringComparison.Ordinal)) + 1, sign + 3);
        return fault is Fault.DiesBefore or Fault.DiesAfter
            ? all.Where(k => k >= sign && k <= send ? (k - sign) % 2 == fault - Fault.DiesBefore : k % (2 * Sparse) == (int)fault)
            : all.Where(k => k >= sign && k <= send ? k == send || effects[k - 1] == "vault sign" || k % 3 == (int)fault % 3 : k % Sparse == (int)fault);
    }
}
