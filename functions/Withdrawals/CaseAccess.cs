using Custody.Core.Callers;
using Custody.Core.Withdrawals;

namespace Custody.Functions.Withdrawals;

/// <summary>Rule: an exchange sees only its own withdrawals; what is not its own does not exist for it.</summary>
public static class CaseAccess
{
    /// <summary>The file when the caller may see it; null otherwise.</summary>
    public static WithdrawalCase? For(Caller caller, WithdrawalCase? file) =>
        file is null || (caller.Kind == CallerKind.Exchange && file.State.ClientId != caller.Id) ? null : file;
}
