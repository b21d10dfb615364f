using Net.Pkcs11Interop.HighLevelAPI;

namespace Custody.Vaults.Pkcs11;

/// <summary>Lists the tokens of a module, and the keys of a token.</summary>
public static class Pkcs11Inventory
{
    /// <summary>The initialised tokens that are present; asks for no PIN.</summary>
    public static IReadOnlyList<Pkcs11TokenFacts> ListTokens(Pkcs11Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.Use(library => TokenFinder.Initialized(library).Select(token => Facts(token.Slot, token.Info)).ToList());
    }

    /// <summary>The key pairs on the pool's token, by id, whether or not they may sign. Left out are pairs that share an id or are not elliptic-curve pairs.</summary>
    public static async Task<Pkcs11Answer<IReadOnlyList<Pkcs11KeyFacts>>> ListKeysAsync(Pkcs11SessionPool pool, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pool);
        return await pool.RunAsync<IReadOnlyList<Pkcs11KeyFacts>>(
            session => new Pkcs11Answer<IReadOnlyList<Pkcs11KeyFacts>>.Done(
            [
                .. KeyFinder.Ids(session)
                    .Select(id => KeyFinder.Find(session, id).Match<Pkcs11KeyFacts?>(found => found.Facts, (_, _) => null))
                    .OfType<Pkcs11KeyFacts>(),
            ]),
            cancellation).ConfigureAwait(false);
    }

    internal static Pkcs11TokenFacts Facts(ISlot slot, ITokenInfo info) => new(
        slot.SlotId, info.Label, info.SerialNumber, info.ManufacturerId, info.Model, info.FirmwareVersion,
        info.TokenFlags.UserPinLocked, info.TokenFlags.UserPinCountLow, info.HardwareVersion);
}
