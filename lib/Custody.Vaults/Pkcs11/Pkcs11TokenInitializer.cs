using System.Text;
using Microsoft.Extensions.Logging;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Custody.Vaults.Pkcs11;

/// <summary>Makes a new token in a free slot. It never touches one that is initialised: that would destroy its keys.</summary>
public static class Pkcs11TokenInitializer
{
    private const int MaxLabelBytes = 32;

    /// <summary>Initialises the first free slot's token with a label, a security officer's PIN and a user PIN.</summary>
    public static TokenInitialization Initialize(Pkcs11Module module, string label, Pkcs11Pin userPin, Pkcs11Pin soPin, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(userPin);
        ArgumentNullException.ThrowIfNull(soPin);
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Encoding.UTF8.GetByteCount(label), MaxLabelBytes, nameof(label));
        if (label != label.Trim())
        {
            throw new ArgumentException("Tokens pad their labels with blanks, so one cannot begin or end with them.", nameof(label));
        }

        try
        {
            // Alone, so that two callers do not both find the label absent, or the same slot free.
            return module.UseAlone(library => Initialize(library, label, userPin, soPin, logger));
        }
        catch (Pkcs11Exception failure)
        {
            return new TokenInitialization.Faulted(ReturnCodes.FaultOf(failure), failure.Message);
        }
    }

    private static TokenInitialization Initialize(IPkcs11Library library, string label, Pkcs11Pin userPin, Pkcs11Pin soPin, ILogger logger)
    {
        if (TokenFinder.Initialized(library).Any(token => token.Info.Label == label))
        {
            return new TokenInitialization.AlreadyThere(label);
        }

        if (TokenFinder.Free(library) is not { } free)
        {
            return new TokenInitialization.NoFreeSlot();
        }

        free.InitToken(soPin.Utf8, Encoding.UTF8.GetBytes(label));
        using (var session = free.OpenSession(SessionType.ReadWrite))
        {
            session.Login(CKU.CKU_SO, soPin.Utf8);
            try
            {
                session.InitPin(userPin.Utf8);
            }
            finally
            {
                // The security officer's login is the whole application's: left behind, it would shut every user session out.
                session.Logout();
            }
        }

        var token = Pkcs11Inventory.Facts(free, free.GetTokenInfo());
        Pkcs11Log.TokenInitialized(logger, label, token.SlotId, token.Serial);
        return new TokenInitialization.Initialized(token);
    }
}
