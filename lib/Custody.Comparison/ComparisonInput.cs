using Custody.Core.Intents;

namespace Custody.Comparison;

/// <summary>What the compare stage is given. Each part is read and verified by its caller; none comes from the builder.</summary>
/// <param name="Intent">The approved intent.</param>
/// <param name="Unsigned">The bytes that the gate signed, from its own record.</param>
/// <param name="Signed">The bytes about to be sent.</param>
/// <param name="RegisteredPublicKey">The vault's governed public key: uncompressed, 65 bytes.</param>
/// <param name="VaultAddress">The account address that the registry re-derived from that key, in EIP-55 form.</param>
/// <param name="Nonce">The nonce whose slot the gate took.</param>
/// <param name="FundedPublicKey">For gas funding the governed public key of the vault that is funded, 65 bytes; empty for everything else.</param>
public sealed record ComparisonInput(
    WithdrawalIntent Intent,
    ReadOnlyMemory<byte> Unsigned,
    ReadOnlyMemory<byte> Signed,
    ReadOnlyMemory<byte> RegisteredPublicKey,
    string VaultAddress,
    ulong Nonce,
    ReadOnlyMemory<byte> FundedPublicKey = default);
