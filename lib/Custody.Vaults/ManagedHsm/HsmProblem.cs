using Custody.Core.Vaults;

namespace Custody.Vaults.ManagedHsm;

/// <summary>What came of one operation: a closed set.</summary>
internal enum HsmProblem
{
    /// <summary>It is not known what came of it.</summary>
    Unknown = 0,

    /// <summary>200: it was done.</summary>
    None,

    /// <summary>401 with a fresh token, or there is no token to be had.</summary>
    NotAuthenticated,

    /// <summary>The challenge asks for a token that must not go to this host, or cannot be read.</summary>
    ChallengeRefused,

    /// <summary>403.</summary>
    AccessDenied,

    /// <summary>404.</summary>
    KeyMissing,

    /// <summary>409.</summary>
    Conflict,

    /// <summary>429.</summary>
    Throttled,

    /// <summary>408 and 5xx.</summary>
    ServiceFailed,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>No connection, or one that broke.</summary>
    Unreachable,

    /// <summary>Any other redirection or client error.</summary>
    Rejected,

    /// <summary>An answer that is none of the API.</summary>
    Malformed,
}

/// <summary>What follows from a problem.</summary>
internal static class HsmProblems
{
    /// <summary>The problem of a status.</summary>
    public static HsmProblem OfStatus(int status) => status switch
    {
        200 => HsmProblem.None,
        401 => HsmProblem.NotAuthenticated,
        403 => HsmProblem.AccessDenied,
        404 => HsmProblem.KeyMissing,
        408 or >= 500 => HsmProblem.ServiceFailed,
        409 => HsmProblem.Conflict,
        429 => HsmProblem.Throttled,
        >= 300 => HsmProblem.Rejected,
        _ => HsmProblem.Malformed,
    };

    /// <summary>True if the same request may do better a little later.</summary>
    public static bool MayPass(HsmProblem problem) =>
        problem is HsmProblem.Throttled or HsmProblem.ServiceFailed or HsmProblem.TimedOut or HsmProblem.Unreachable;

    /// <summary>
    /// True if an answered request may have been carried out all the same: a gateway's 504 says nothing of what the HSM behind
    /// it did. A client error says that it was not begun.
    /// </summary>
    public static bool MayHaveActed(HsmProblem problem) =>
        problem is HsmProblem.Unknown or HsmProblem.ServiceFailed or HsmProblem.TimedOut or HsmProblem.Unreachable or HsmProblem.Malformed;

    /// <summary>The fault of an operation that cannot have signed.</summary>
    public static VaultFault FaultOf(HsmProblem problem) => problem switch
    {
        HsmProblem.NotAuthenticated => VaultFault.NotAuthenticated,
        HsmProblem.ChallengeRefused => VaultFault.ChallengeRefused,
        HsmProblem.AccessDenied => VaultFault.AccessDenied,
        HsmProblem.KeyMissing => VaultFault.KeyMissing,
        HsmProblem.Conflict => VaultFault.Conflict,
        HsmProblem.Throttled => VaultFault.Throttled,
        HsmProblem.ServiceFailed or HsmProblem.TimedOut or HsmProblem.Unreachable => VaultFault.Unreachable,
        HsmProblem.Malformed or HsmProblem.Rejected => VaultFault.MalformedAnswer,
        _ => VaultFault.Unknown,
    };
}
