using Custody.Core.Assets;
using Custody.Core.Results;

namespace Custody.Core.Whitelisting;

/// <summary>
/// Rule: an address is one of its chain's network, its checksum holds (EIP-55, BIP-173, BIP-350, base58check), and a stored one
/// is in canonical form. What a person types may be all lower or all upper case, which carries no EIP-55 checksum; the form that
/// is signed and stored always carries one.
/// </summary>
public static class AddressRule
{
    private const int EvmLength = 42;

    /// <summary>Checks an address that is signed or stored.</summary>
    public static Verdict Check(ChainId chain, string address)
    {
        var verdict = Canonicalise(chain, address, out var canonical);
        return verdict.IsAllowed && canonical != address ? Invalid($"The address must be written in its canonical form, {canonical}.") : verdict;
    }

    /// <summary>Reads what a person typed; <paramref name="canonical"/> is the form to sign when the verdict allows.</summary>
    public static Verdict Canonicalise(ChainId chain, string typed, out string canonical)
    {
        canonical = "";
        return chain.Namespace switch
        {
            "eip155" => Evm(chain, typed, out canonical),
            "bip122" => Bitcoin(chain, typed, out canonical),
            _ => Invalid($"Addresses of {chain} cannot be checked."),
        };
    }

    private static Verdict Evm(ChainId chain, string typed, out string canonical)
    {
        canonical = "";
        if (EvmAddress.TryParse(typed, null, out var address))
        {
            canonical = address.ToString();
            return Verdict.Allowed;
        }

        return typed.Length == EvmLength && typed.StartsWith("0x", StringComparison.Ordinal) && typed.Skip(2).All(char.IsAsciiHexDigit)
            ? Verdict.Refused(RefusalCode.AddressChecksumWrong, "The address's mixed-case checksum (EIP-55) is wrong: a character was mistyped or changed.")
            : Invalid($"'{Reading.SafeText.Of(typed)}' is not an address of {chain}.");
    }

    private static Verdict Bitcoin(ChainId chain, string typed, out string canonical)
    {
        canonical = "";
        var network = BitcoinNetworks.Of(chain);
        if (network == BitcoinNetwork.None)
        {
            return Invalid($"{chain} is no Bitcoin network whose addresses are known.");
        }

        switch (BitcoinAddress.Read(typed))
        {
            case BitcoinAddressReading.Read { Address: var address }:
                canonical = address.Text;
                return !address.Networks.HasFlag(network) ? Verdict.Refused(RefusalCode.AddressWrongNetwork, $"The address is not one of {chain}, but of another Bitcoin network.")
                    : address.Kind == BitcoinAddressKind.FutureWitness ? Invalid("The address has a witness version or length without rules: anybody could spend what it gets.")
                    : Verdict.Allowed;
            case BitcoinAddressReading.BadChecksum:
                return Verdict.Refused(RefusalCode.AddressChecksumWrong, "The address's checksum is wrong: a character was mistyped or changed.");
            default:
                return Invalid($"'{Reading.SafeText.Of(typed)}' is not an address of {chain}.");
        }
    }

    private static Verdict Invalid(string detail) => Verdict.Refused(RefusalCode.AddressInvalid, detail);
}
