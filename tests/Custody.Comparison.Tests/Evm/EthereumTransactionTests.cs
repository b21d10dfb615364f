using Custody.Comparison.Evm;

namespace Custody.Comparison.Tests.Evm;

/// <summary>ethereum/tests, TransactionTests: what every client reads, or refuses, in the same way. We refuse more than they do.</summary>
public sealed class EthereumTransactionTests
{
    [Fact]
    public void DecodeSigned_Eip155Transfer_HasThePublishedSenderAndHash()
    {
        // EIP155/ttTransactionTestEip155VitaliksTests.json, Vitalik_1: the only one of them with the gas of a plain transfer.
        var decoded = Assert.IsType<EvmDecoding.Signed>(Decode(
            "f864808504a817c800825208943535353535353535353535353535353535353535808025a0044852b2a670ade5407e78fb2863c51de9fcb96542a07186fe3aeda6bb8a116d"
            + "a0044852b2a670ade5407e78fb2863c51de9fcb96542a07186fe3aeda6bb8a116d"));
        Assert.Equal("0xf0f6f18bca1b28cd68e4357452947e021241e9ce", ChecksumAddress.Of(decoded.Signer), ignoreCase: true);
        Assert.Equal("0xb1e2188bc490908a78184e4818dca53684167507417fdb4c09c2d64d32a9896a", decoded.TxId);
        Assert.Equal((1UL, 0UL, EvmForm.Legacy), (decoded.Transfer.ChainId, decoded.Transfer.Nonce, decoded.Transfer.Form));
        Assert.Equal(20_000_000_000, decoded.Transfer.MaxFeePerGas);
    }

    [Theory]

    // Vitalik_2 and Vitalik_10: more gas than a plain transfer needs.
    [InlineData("gasLimit is 42000", "f864018504a817c80182a410943535353535353535353535353535353535353535018025a0489efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bcaa0489efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc6")]
    [InlineData("gasLimit is 189000", "f867088504a817c8088302e2489435353535353535353535353535353535353535358202008025a064b1702d9298fee62dfeccc57d322a463ad55ca201256d01f62b45b2e1c21c12a064b1702d9298fee62dfeccc57d322a463ad55ca201256d01f62b45b2e1c21c10")]

    // Vitalik_12 creates a contract, Vitalik_13 calls one with other data, both bound to no chain; Vitalik_15 has a v of 29.
    [InlineData("to is not an address", "f8610e80830493e080809560f2ff61000080610011600039610011565b6000f31ca0a310f4d0b26207db76ba4e1e6e7cf1857ee3aa8559bcbc399a6b09bfea2d30b4a06dff38c645a1486651a717ddf3daccb4fd9a630871ecea0758ddfcf2774f9bc6")]
    [InlineData("neither empty nor a call", "f8660f80830493e09400000000000000000000000000000000000000c08086646f6e6b65791ba09f00c6da4f2e4b5f3316e70c7669f9df71fa21d533afa63450065731132ba7b6a03886c27a8b3515ab9e2e04492f8214718621421e92d3b6954d9e3fb409ead788")]
    [InlineData("not a transfer that we send", "f8651280830493e094000000000000000000000000000000000000000180856d6f6f736529a0376d0277dd3a2a9229dbcb5530b532c7e4cb0f821e0ca27d9acb940970d500d8a00ab2798f9d9c2f7551eb29d56878f8e342b45ca45f413b0fcba793d094f36f2b")]

    // ttConstantinople/TransactionWithSvalueLargerThan_c_secp256k1n_x05: s is n/2 + 1 (EIP-2), and v names no chain.
    [InlineData("not a transfer that we send", "f85f800182520894095e7baea6a6c7c4c2dfeb977efac326af552d870b801ba048b55bfa915ac795c431978d8a6a992b628d557da5ff759b307d495a36649353a07fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1")]

    // ttEIP1559/maxPriorityFeePerGas00prefix.
    [InlineData("maxPriorityFeePerGas has a leading zero", "02f8870180a100ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff84b2d05e0082520894095e7baea6a6c7c4c2dfeb977efac326af552d878080c080a05cbd172231fc0735e0fb994dd5b1a4939170a260b36f0427a8a80866b063b948a07c230f7f578dd61785c93361b9871c0706ebfa6d06e3f4491dc9558c5202ed36")]
    public void DecodeSigned_PublishedTransactionThatWeNeverSend_IsRefused(string reason, string hex) =>
        Assert.Contains(reason, Assert.IsType<EvmDecoding.Malformed>(Decode(hex)).Reason, StringComparison.Ordinal);

    [Fact]
    public void DecodeSigned_LargestPublishedFee_IsReadInFull()
    {
        // ttEIP1559/maxFeePerGas32BytesValue: clients refuse it because gas times price overflows; the envelope does so here.
        var decoded = Assert.IsType<EvmDecoding.Signed>(Decode(
            "02f88601808477359400a0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff82520894095e7baea6a6c7c4c2dfeb977efac326af552d878080c080"
            + "a05cbd172231fc0735e0fb994dd5b1a4939170a260b36f0427a8a80866b063b948a07c230f7f578dd61785c93361b9871c0706ebfa6d06e3f4491dc9558c5202ed36"));
        Assert.Equal((System.Numerics.BigInteger.One << 256) - 1, decoded.Transfer.MaxFeePerGas);
        Assert.Equal(2_000_000_000, decoded.Transfer.MaxPriorityFeePerGas);
    }

    private static EvmDecoding Decode(string hex) => EvmTransactionDecoder.DecodeSigned(Convert.FromHexString(hex));
}
