using System.Numerics;
using Custody.Core.Assets;

namespace Custody.Comparison.Tests.Evm;

/// <summary>A token's transfer: 25 units of a token with 6 decimals.</summary>
internal static class TokenDraft
{
    public const string ContractText = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
    public static readonly BigInteger Amount = 25_000_000;
    public static readonly AssetId Asset = AssetId.Parse($"eip155:31337/erc20:{ContractText}");
    public static readonly IReadOnlyDictionary<AssetId, ulong> Gas = new Dictionary<AssetId, ulong> { [Asset] = 100_000 };

    private static readonly byte[] Contract = Convert.FromHexString(ContractText.AsSpan(2));

    /// <summary>The call as EIP-20 and the ABI define it, to be made wrong.</summary>
    public static byte[] Call(byte[]? selector = null, byte[]? padding = null, byte[]? recipient = null, BigInteger? amount = null)
    {
        var number = (amount ?? Amount).ToByteArray(true, true);
        return
        [
            .. selector ?? [0xa9, 0x05, 0x9c, 0xbb],
            .. padding ?? new byte[12],
            .. recipient ?? TransferDraft.Recipient,
            .. new byte[32 - number.Length],
            .. number,
        ];
    }

    public static TransferDraft Of(byte[] call) => new()
    {
        Gas = Rlp.Number(60_000),
        To = Rlp.Text(Contract),
        Value = Rlp.Number(0),
        Data = Rlp.Text(call),
    };
}
