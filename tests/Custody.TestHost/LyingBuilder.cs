using System.Numerics;
using Custody.Core.Withdrawals;

namespace Custody.TestHost;

/// <summary>A builder that stores other bytes than the approved payment's, as the controls say. All that a builder gives is what it stores.</summary>
internal static class LyingBuilder
{
    private static readonly byte[] AnotherAddress = Convert.FromHexString("8626f6940e2eb28930efb4cef49b2d1f2c9c1199");

    /// <summary>The document as the builder stores it.</summary>
    public static CaseDocument Of(CaseDocument document, string behaviour) =>
        document.Name.StartsWith("unsigned-", StringComparison.Ordinal) ? document with { Content = Changed(document.Content.ToArray(), behaviour) } : document;

    private static byte[] Changed(byte[] unsigned, string behaviour)
    {
        if (behaviour == "honest")
        {
            return unsigned;
        }

        var members = TransactionMembers.Of(unsigned);
        switch (behaviour)
        {
            case "otherRecipient":
                members[TransactionMembers.To] = TransactionMembers.Text(AnotherAddress);
                break;
            case "otherAmount":
                var amount = new BigInteger(TransactionMembers.Content(members[TransactionMembers.Value]), isUnsigned: true, isBigEndian: true);
                members[TransactionMembers.Value] = TransactionMembers.Text((amount + 1).ToByteArray(isUnsigned: true, isBigEndian: true));
                break;
            case "otherChain":
                members[TransactionMembers.ChainId] = TransactionMembers.Text([1]);
                break;
            case "calldata":
                // transfer(address,uint256) of a token to somebody else: what a plain payment must never carry.
                members[TransactionMembers.Data] = TransactionMembers.Text([0xa9, 0x05, 0x9c, 0xbb, .. new byte[12], .. AnotherAddress, .. new byte[31], 1]);
                break;
            case "accessList":
                members[TransactionMembers.AccessList] = TransactionMembers.List(TransactionMembers.List(TransactionMembers.Text(AnotherAddress), TransactionMembers.List()));
                break;
            default:
                throw new InvalidOperationException($"'{behaviour}' is no behaviour of a builder.");
        }

        return TransactionMembers.Join(members);
    }
}
