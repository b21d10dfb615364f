using Custody.Core.Assets;
using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Core.Whitelisting;

/// <summary>Rule: a destination is an address that can be paid: well-formed, no burn address or precompile, no token's contract, and no vault of our own.</summary>
public static class DestinationRule
{
    // Where people send what nobody shall have, and what software shows in place of an address. Keys to them are not known.
    private static readonly HashSet<string> Burns = new(StringComparer.OrdinalIgnoreCase)
    {
        "0xdEAD000000000000000042069420694206942069",
        "0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE",
        "0xFFfFfFffFFfffFFfFFfFFFFFffFFFffffFfFFFfF",
        "1BitcoinEaterAddressDontSendf59kuE",
        "1CounterpartyXXXXXXXXXXXXXXXUWLpVr",
    };

    /// <summary>Checks the entry's address.</summary>
    public static Verdict Check(WhitelistEntry entry, Governed governed) => Verdict.All(
        () => AddressRule.Check(entry.Chain, entry.Address),
        () => entry.Memo is null ? Verdict.Allowed : Forbidden($"{entry.Chain} has no memo; an entry with one asks for something that no transaction can say."),
        () => Burns.Contains(entry.Address) || IsReserved(entry) ? Forbidden("The address is a burn address or reserved for precompiles; what it gets is lost.") : Verdict.Allowed,
        () => IsContract(entry, governed) ? Forbidden("The address is a token's contract; what it gets is lost.") : Verdict.Allowed,
        () => IsOurs(entry, governed) ? Forbidden("The address is a vault of our own.") : Verdict.Allowed);

    private static bool IsReserved(WhitelistEntry entry)
    {
        if (!entry.Chain.IsEvm)
        {
            // A hash or key of zeros only has no preimage that anybody knows.
            return BitcoinAddress.Read(entry.Address) is not BitcoinAddressReading.Read { Address: var read } || !read.Program.Span.ContainsAnyExcept((byte)0);
        }

        // Precompiles live at 0x01 upward (EIP-1352 reserves the first 65,536 addresses); value sent there is lost.
        return !EvmAddress.Parse(entry.Address).Bytes[..18].ContainsAnyExcept((byte)0);
    }

    // What is sent to the contract itself nobody can move again, whether or not governance still names the token.
    private static bool IsContract(WhitelistEntry entry, Governed governed) => entry.Chain.IsEvm
        && governed.EveryAsset.Any(a => a.Id.Chain == entry.Chain && a.Contract() == EvmAddress.Parse(entry.Address));

    // A key has one address on every EVM chain. On others a vault's addresses cannot be derived here, so none can be ruled out.
    private static bool IsOurs(WhitelistEntry entry, Governed governed) => entry.Chain.IsEvm
        ? governed.EveryVault.Any(v => v.Chain.IsEvm && v.EvmAddress() == EvmAddress.Parse(entry.Address))
        : governed.EveryVault.Any(v => v.Chain == entry.Chain);

    private static Verdict Forbidden(string detail) => Verdict.Refused(RefusalCode.DestinationForbidden, detail);
}
