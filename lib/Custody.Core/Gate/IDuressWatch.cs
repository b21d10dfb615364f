namespace Custody.Core.Gate;

/// <summary>
/// Who has the pipeline's word that somebody signed, and knows which keys people use when they are forced. It answers nothing:
/// the pipeline must not be able to tell either.
/// </summary>
public interface IDuressWatch
{
    /// <summary>Looks at who voted on a withdrawal, and tells the SOC of whom it must know.</summary>
    Task LookAtVotesAsync(string withdrawalId, CancellationToken cancellation);

    /// <summary>Looks at who signed the whitelist entry of this key, or the end of its suspension, and tells the SOC.</summary>
    Task LookAtEntryAsync(string key, CancellationToken cancellation);

    /// <summary>Looks at who answered drills: somebody who is forced does not know that it is one. Tells the SOC.</summary>
    Task LookAtDrillsAsync(CancellationToken cancellation);
}
