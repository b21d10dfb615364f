using Net.Pkcs11Interop.HighLevelAPI;

namespace Custody.Vaults.Pkcs11;

/// <summary>
/// A pool's login to its token. The session is never lent: a login ends with the application's last session on the token, so
/// this one keeps it while borrowers' sessions come and go.
/// </summary>
internal sealed record TokenLogin(ISlot Slot, PooledSession Anchor)
{
    public long Generation => Anchor.Generation;
}
