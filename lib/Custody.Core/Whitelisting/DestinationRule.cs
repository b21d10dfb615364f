using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Core.Whitelisting;

/// <summary>Rule: a destination is a canonical address that can be paid: not the zero address, a precompile, a token's contract, or a vault of our own.</summary>
public static class DestinationRule
{
    /// <summary>Checks the entry's address.</summary>
    public static Verdict Check(WhitelistEntry entry, Governed governed)
    {
        if (!entry.Chain.IsEvm || !EvmAddress.TryParse(entry.Address, null, out var address) || address.ToString() != entry.Address)
        {
            return Forbidden($"'{entry.Address}' is not an address of {entry.Chain} in its canonical form.");
        }

        if (entry.Memo is not null)
        {
            return Forbidden($"{entry.Chain} has no memo; an entry with one asks for something that no transaction can say.");
        }

        // Precompiles live at 0x01 upward (EIP-1352 reserves the first 65,536 addresses); value sent there is lost.
        var reserved = !address.Bytes[..18].ContainsAnyExcept((byte)0);
        return reserved ? Forbidden("The address is the zero address or reserved for precompiles; what it gets is lost.")
            : governed.EveryVault.Any(v => v.Chain == entry.Chain && v.EvmAddress() == address) ? Forbidden("The address is a vault of our own.")
            // What is sent to the contract itself nobody can move again.
            : governed.Document.Assets.Any(a => a.Id.Chain == entry.Chain && a.Contract() == address) ? Forbidden("The address is a token's contract; what it gets is lost.")
            : Verdict.Allowed;
    }

    private static Verdict Forbidden(string detail) => Verdict.Refused(RefusalCode.DestinationForbidden, detail);
}
