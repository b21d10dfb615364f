using Custody.Core.Results;

namespace Custody.Vaults.Gate;

/// <summary>Which refusals are about a sanctions list as a whole, and so about every withdrawal: they are waited for and not held one by one.</summary>
public static class ScreeningPause
{
    /// <summary>True when an operator's import would help. A list that was tampered with is no such thing.</summary>
    public static bool Waits(Verdict verdict) => !verdict.IsAllowed
        && verdict.Code is RefusalCode.SanctionsListMissing or RefusalCode.SanctionsListStale or RefusalCode.SanctionsListUnsigned;
}
