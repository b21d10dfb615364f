using Custody.Core.Approvals.WebAuthn;
using Custody.Core.Results;

namespace Custody.Core.Storage;

/// <summary>The last counter that each WebAuthn credential was seen with.</summary>
public interface IAuthenticatorCounterStore
{
    /// <summary>
    /// Asks <see cref="CounterRule"/> with the last counter seen, and records the use when it allows. The same use again is allowed
    /// again: the answer to the first may have been lost.
    /// </summary>
    Task<Verdict> UseAsync(AssertionUse use, CancellationToken cancellation);
}
