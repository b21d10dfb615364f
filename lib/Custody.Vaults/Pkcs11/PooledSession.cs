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
