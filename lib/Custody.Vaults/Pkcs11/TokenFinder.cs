using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Custody.Vaults.Pkcs11;

/// <summary>Finds the one initialised token with a label, a serial or both. Two that match are as good as none.</summary>
internal static class TokenFinder
{
    public static (ISlot Slot, ITokenInfo Info)? Find(IPkcs11Library library, string? label, string? serial)
    {
        var found = Initialized(library)
            .Where(token => (string.IsNullOrEmpty(label) || token.Info.Label == label)
                && (string.IsNullOrEmpty(serial) || token.Info.SerialNumber == serial))
            .Take(2)
            .ToList();
        return found.Count == 1 ? found[0] : null;
    }

    public static IEnumerable<(ISlot Slot, ITokenInfo Info)> Initialized(IPkcs11Library library) =>
        library.GetSlotList(SlotsType.WithTokenPresent)
            .Select(slot => (Slot: slot, Info: TryInfo(slot)))
            .Where(token => token.Info is { TokenFlags.TokenInitialized: true })
            .Select(token => (token.Slot, token.Info!));

    /// <summary>The first slot whose token is not initialised.</summary>
    public static ISlot? Free(IPkcs11Library library) =>
        library.GetSlotList(SlotsType.WithTokenPresent).FirstOrDefault(slot => TryInfo(slot) is { TokenFlags.TokenInitialized: false });

    // A token may leave between the listing and the question; that one is absent, the others are not.
    private static ITokenInfo? TryInfo(ISlot slot)
    {
        try
        {
            return slot.GetTokenInfo();
        }
        catch (Pkcs11Exception)
        {
            return null;
        }
    }
}
