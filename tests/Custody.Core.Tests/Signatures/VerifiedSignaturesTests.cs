using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Signatures;

public sealed class VerifiedSignaturesTests
{
    private static readonly RegisteredKey Key = People.Exchange.Registered;
    private int _asked;

    [Fact]
    public void Verify_TheSameAgain_IsCalculatedOnce()
    {
        var verified = new VerifiedSignatures(most: 8);

        Assert.True(Ask(verified, Key, 1, 2, 3));
        Assert.True(Ask(verified, Key, 1, 2, 3));

        Assert.Equal(1, _asked);
    }

    [Theory]
    [InlineData(9, 2, 3)]
    [InlineData(1, 9, 3)]
    [InlineData(1, 2, 9)]
    public void Verify_AnotherKeyDataOrSignature_IsCalculated(byte key, byte data, byte signature)
    {
        var verified = new VerifiedSignatures(most: 8);
        Ask(verified, Key, 1, 2, 3);

        Assert.False(Ask(verified, Key, key, data, signature, answer: false));
    }

    [Fact]
    public void Verify_AnotherAlgorithm_IsCalculated()
    {
        var verified = new VerifiedSignatures(most: 8);
        Ask(verified, Key with { Algorithm = SignatureAlgorithm.Es256 }, 1, 2, 3);

        Assert.False(Ask(verified, Key with { Algorithm = SignatureAlgorithm.EdDsa }, 1, 2, 3, answer: false));
    }

    // A byte that moves from one part to the next makes another question.
    [Fact]
    public void Verify_TheSameBytesSplitOtherwise_IsCalculated()
    {
        var verified = new VerifiedSignatures(most: 8);
        verified.Verify(Key, [1], [4], [2, 3], (_, _, _) => true);

        Assert.False(verified.Verify(Key, [1, 2], [4], [3], (_, _, _) => false));
        Assert.False(verified.Verify(Key, [1], [3, 4], [2], (_, _, _) => false));
    }

    [Fact]
    public void Verify_No_IsNeverKept()
    {
        var verified = new VerifiedSignatures(most: 8);

        Assert.False(Ask(verified, Key, 1, 2, 3, answer: false));
        Assert.True(Ask(verified, Key, 1, 2, 3));

        Assert.Equal(2, _asked);
    }

    [Fact]
    public void Verify_MoreThanAreKept_ForgetsWhatIsNotAskedForAnyMore()
    {
        var verified = new VerifiedSignatures(most: 4);
        Ask(verified, Key, 0, 0, 0);
        for (byte other = 1; other <= 8; other++)
        {
            Ask(verified, Key, other, 0, 0);
        }

        Assert.False(Ask(verified, Key, 0, 0, 0, answer: false));
        _asked = 0;
        Assert.True(Ask(verified, Key, 8, 0, 0));
        Assert.Equal(0, _asked);
    }

    private bool Ask(VerifiedSignatures verified, RegisteredKey key, byte publicKey, byte data, byte signature, bool answer = true) => verified.Verify(
        key,
        [publicKey],
        [data],
        [signature],
        (_, _, _) =>
        {
            _asked++;
            return answer;
        });
}
