using Custody.Chains.Bitcoin;

namespace Custody.Chains.Tests.Bitcoin;

public sealed class MerkleRootTests
{
    // Block 100000 of the main chain, four transactions.
    private static readonly TransactionId[] Published =
    [
        TransactionId.Parse("8c14f0db3df150123e6f3dbbf30f8b955a8249b62ac1d1ff16284aefa3d06d87"),
        TransactionId.Parse("fff2525b8931402dd09222c50775608f75787bd2b87e56995a7bdd30f79702c4"),
        TransactionId.Parse("6359f0868171b1d194cbee1af2f16ea598ae8fad666d9b012c8ed2b79a236ec4"),
        TransactionId.Parse("e9a66845e05d5abc0ad04ec80f774a7e585c6e8db975962d069a522137b80c1d"),
    ];

    [Fact]
    public void Of_APublishedBlock_IsItsRoot() =>
        Assert.Equal("f3e94742aca4b5ef85488dc37c06c3282295ffec960994b2c0d5ac2a25a95766", MerkleRoot.Of(Published).ToString());

    [Fact]
    public void Of_One_IsItself() => Assert.Equal(Published[0], MerkleRoot.Of(Published[..1]));

    [Fact]
    public void Of_None_IsNone() => Assert.Null(MerkleRoot.Of([]));

    // CVE-2012-2459: three have the root of those three with the last twice.
    [Fact]
    public void Of_TheLastTwice_IsNone()
    {
        Assert.NotNull(MerkleRoot.Of(Published[..3]));
        Assert.Null(MerkleRoot.Of([.. Published[..3], Published[2]]));
    }
}
