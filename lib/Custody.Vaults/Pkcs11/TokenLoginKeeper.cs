using Custody.Core.Vaults;
using Microsoft.Extensions.Logging;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Custody.Vaults.Pkcs11;

/// <summary>Finds the token and logs in to it: once in each generation of the module, and never with a PIN that was refused.</summary>
internal sealed class TokenLoginKeeper(Pkcs11Options options, ILogger logger)
{
    private volatile TokenLogin? _current;

    /// <summary>The module of the last login.</summary>
    public Pkcs11Module? Module { get; private set; }

    /// <summary>The login of the module's present generation. Runs inside <see cref="Pkcs11Module.Use{T}"/>.</summary>
    public Pkcs11Answer<TokenLogin> Ensure(Pkcs11Module module, IPkcs11Library library)
    {
        if (Current(module) is { } current)
        {
            return new Pkcs11Answer<TokenLogin>.Done(current);
        }

        lock (module.Pins.Turn)
        {
            return Current(module) is { } meanwhile ? new Pkcs11Answer<TokenLogin>.Done(meanwhile) : FindAndLogIn(module, library);
        }
    }

    /// <summary>Ends the login, if it is of the module's present generation.</summary>
    public void Close(long generation)
    {
        if (_current is { } current && current.Generation == generation)
        {
            current.Anchor.Close();
        }

        _current = null;
    }

    /// <summary>
    /// The token's own count of wrong tries outlives this process, so a service that restarts with a wrong PIN would lock it
    /// try by try. The last one is left to a person.
    /// </summary>
    internal static Pkcs11Answer<TokenLogin>.Faulted? TriesRefusal(bool locked, bool finalTry) => (locked, finalTry) switch
    {
        (true, _) => Fault(VaultFault.PinLocked, "the token says that its PIN is locked"),
        (_, true) => Fault(VaultFault.WrongPin, "one more wrong PIN would lock the token; a person must log in with the right one first"),
        _ => null,
    };

    private TokenLogin? Current(Pkcs11Module module) => _current is { } current && current.Generation == module.Generation ? current : null;

    private Pkcs11Answer<TokenLogin> FindAndLogIn(Pkcs11Module module, IPkcs11Library library)
    {
        if (TokenFinder.Find(library, options.TokenLabel, options.TokenSerial) is not var (slot, info))
        {
            return Fault(VaultFault.TokenMissing, "no such token, or more than one, is present");
        }

        if (TriesRefusal(info.TokenFlags.UserPinLocked, info.TokenFlags.UserPinFinalTry) is { } noTry)
        {
            return noTry;
        }

        using var pin = options.ReadPin();
        if (pin is null)
        {
            return Fault(VaultFault.WrongPin, $"no PIN could be read from '{options.PinSource}'; none was offered to the token");
        }

        if (module.Pins.Refusal(info.SerialNumber, options.PinSource, pin) is { } refusal)
        {
            return Fault(refusal, "the token refused the PIN before; it is not offered again");
        }

        var anchor = new PooledSession(slot.OpenSession(SessionType.ReadOnly), slot, module.Generation);
        if (LogIn(anchor, module.Pins, info.SerialNumber, pin) is { } fault)
        {
            anchor.Close();
            return fault;
        }

        Module = module;
        Pkcs11Log.LoggedIn(logger, options.TokenName, info.SerialNumber);
        return new Pkcs11Answer<TokenLogin>.Done(_current = new TokenLogin(slot, anchor));
    }

    private Pkcs11Answer<TokenLogin>.Faulted? LogIn(PooledSession anchor, PinMemory pins, string serial, Pkcs11Pin pin)
    {
        try
        {
            anchor.Session.Login(CKU.CKU_USER, pin.Utf8);
            pins.Accepted(serial, pin);
            return null;
        }
        catch (Pkcs11Exception already) when (already.RV == CKR.CKR_USER_ALREADY_LOGGED_IN)
        {
            // PKCS#11 has one login an application and token: another pool's serves this one too, but only for who has the PIN.
            return pins.WasAccepted(serial, pin)
                ? null
                : Fault(VaultFault.WrongPin, "the token is logged in with another PIN; this one was not offered to it");
        }
        catch (Pkcs11Exception refused) when (ReturnCodes.FaultOf(refused) is VaultFault.WrongPin or VaultFault.PinLocked)
        {
            var fault = ReturnCodes.FaultOf(refused);
            pins.Refused(serial, options.PinSource, pin, fault);
            Pkcs11Log.PinRefused(logger, options.TokenName, refused.RV);
            return Fault(fault, $"the token answered {refused.RV} to the login");
        }
        catch
        {
            anchor.Close();
            throw;
        }
    }

    private static Pkcs11Answer<TokenLogin>.Faulted Fault(VaultFault fault, string detail) => new(fault, detail);
}
