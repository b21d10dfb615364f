using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Custody.Vaults.Pkcs11;

/// <summary>
/// A session lent to one borrower at a time. Its attested keys are kept with it, because PKCS#11 promises that an object
/// handle stays good only for the session that found it.
/// </summary>
internal sealed class PooledSession(ISession session, ISlot slot, long generation)
{
    private readonly Dictionary<string, IObjectHandle> _attested = [];

    public ISession Session { get; } = session;

    public ISlot Slot { get; } = slot;

    public long Generation { get; } = generation;

    /// <summary>The private key that this session attested under <paramref name="name"/>, if it did.</summary>
    public IObjectHandle? Attested(string name) => _attested.GetValueOrDefault(name);

    /// <summary>
    /// Remembers an attested key. Safe to keep: what was attested includes that the attributes cannot be changed.
    /// </summary>
    public void Remember(string name, IObjectHandle key) => _attested[name] = key;

    /// <summary>
    /// Throws if the token is gone or the login lost. Finding nothing proves nothing: SoftHSM answers a search on a vanished
    /// token with no objects and no error, and any token hides private objects from who is not logged in.
    /// </summary>
    public void AssertTokenPresent()
    {
        _ = Slot.GetTokenInfo();
        if (Session.GetSessionInfo().State is not (CKS.CKS_RO_USER_FUNCTIONS or CKS.CKS_RW_USER_FUNCTIONS))
        {
            throw new Pkcs11Exception("C_GetSessionInfo", CKR.CKR_USER_NOT_LOGGED_IN);
        }
    }

    /// <summary>Closes it; only while the module is still in its generation, or another session might carry its handle.</summary>
    public void Close()
    {
        try
        {
            Session.Dispose();
        }
        catch (Pkcs11Exception)
        {
            // It is closed when its token is gone; there is nothing more to give back.
        }
    }
}
