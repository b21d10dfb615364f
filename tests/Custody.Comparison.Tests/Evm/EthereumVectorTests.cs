using System.Numerics;
using Custody.Comparison.Curve;
using Custody.Comparison.Evm;
using Custody.TestKeys;

namespace Custody.Comparison.Tests.Evm;

/// <summary>What the EIPs themselves publish.</summary>
public sealed class EthereumVectorTests
{
    private const string Eip155Preimage = "ec098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a764000080018080";
    private const string Eip155Sighash = "daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53";
    private const string Eip155Signed =
        "f86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe537567866003e1a15d"
        + "3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83";

    [Fact]
    public void Keccak_Eip155Preimage_IsThePublishedSighash() =>
        Assert.Equal(Eip155Sighash, Convert.ToHexStringLower(Keccak.Hash(Convert.FromHexString(Eip155Preimage))));

    [Fact]
    public void Recover_Eip155Signature_IsThePublishedAccount()
    {
        // The last items of the signed list: v = 37 (35 + 2 · chain id 1 + parity 0), r, s.
        var tail = Convert.FromHexString(Eip155Signed)[^67..];
        Assert.Equal([37, 0xa0], tail[..2]);
        var signature = new EvmSignature(0, new BigInteger(tail.AsSpan(2, 32), true, true), new BigInteger(tail.AsSpan(35, 32), true, true));
        var key = Secp256k1.Recover(Convert.FromHexString(Eip155Sighash), signature);
        Assert.Equal(TestKey.Eip155.PublicKey, key);
        Assert.Equal("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F", ChecksumAddress.Of(key));
    }

    [Fact]
    public void DecodeSigned_Eip155Transaction_IsThePublishedOne()
    {
        var decoded = Assert.IsType<EvmDecoding.Signed>(EvmTransactionDecoder.DecodeSigned(Convert.FromHexString(Eip155Signed)));
        Assert.Equal(TestKey.Eip155.PublicKey, decoded.Signer);
        Assert.Equal(Eip155Preimage, Convert.ToHexStringLower(decoded.UnsignedBytes));
        Assert.Equal(
            new DecodedTransfer(
                1, 9, 20_000_000_000, 20_000_000_000, 21000, "0x3535353535353535353535353535353535353535", BigInteger.Pow(10, 18), EvmForm.Legacy),
            decoded.Transfer);
        var unsigned = Assert.IsType<EvmDecoding.Unsigned>(EvmTransactionDecoder.DecodeUnsigned(Convert.FromHexString(Eip155Preimage)));
        Assert.Equal((Eip155Sighash, decoded.Transfer), (Convert.ToHexStringLower(unsigned.Sighash), unsigned.Transfer));
    }

    // EIP-20's transfer: the selector is the hash's first four bytes.
    [Fact]
    public void Keccak_TransfersSignature_BeginsWithItsSelector() =>
        Assert.Equal("a9059cbb", Convert.ToHexStringLower(Keccak.Hash("transfer(address,uint256)"u8)[..4]));

    [Theory]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0x8617E340B3D01FA5F11F306F4090FD50E238070D")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    [InlineData("0x27b1fdb04752bbc536007a920d24acb045561c26")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void Format_Eip55Address_HasThePublishedChecksum(string address) =>
        Assert.Equal(address, ChecksumAddress.Format(Convert.FromHexString(address.AsSpan(2))));

    // EIP-2 gives the bound as a number.
    [Fact]
    public void LargestS_IsEip2s() =>
        Assert.Equal("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0", Convert.ToHexStringLower(Secp256k1.LargestS.ToByteArray(true, true)));
}
