using Custody.Core.Vaults;

namespace Custody.Vaults.ManagedHsm;

/// <summary>What came of an operation, with the tries that it took.</summary>
/// <param name="Problem">What came of the last try.</param>
/// <param name="MayHaveActed">True if this try or one before it may have been carried out without our having its answer.</param>
/// <param name="Detail">The problem in words; no token, digest or signature.</param>
/// <param name="Body">The answer, when there is no problem.</param>
/// <param name="RetryAfter">How long the HSM asks us to wait.</param>
internal sealed record HsmReply(HsmProblem Problem, bool MayHaveActed, string Detail, byte[] Body, TimeSpan? RetryAfter = null)
{
    /// <summary>The fault of a signing: whatever the last try said, an earlier one without an answer may have signed.</summary>
    public VaultFault SigningFault => MayHaveActed ? VaultFault.Unknown : HsmProblems.FaultOf(Problem);

    public static HsmReply Of(HsmProblem problem, bool mayHaveActed, string detail) => new(problem, mayHaveActed, detail, []);
}
