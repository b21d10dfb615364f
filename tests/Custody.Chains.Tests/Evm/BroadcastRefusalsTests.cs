using Custody.Chains.Evm;

namespace Custody.Chains.Tests.Evm;

/// <summary>What nodes really say, by their own sources; the anvil texts are also met live in <see cref="AnvilNodeTests"/>.</summary>
public sealed class BroadcastRefusalsTests
{
    [Theory]
    [InlineData("already known", BroadcastVerdict.AlreadyKnown)]
    [InlineData("transaction already imported", BroadcastVerdict.AlreadyKnown)]
    [InlineData("Known transaction", BroadcastVerdict.AlreadyKnown)]
    [InlineData("existing tx with same hash", BroadcastVerdict.AlreadyKnown)]
    [InlineData("AlreadyKnown", BroadcastVerdict.AlreadyKnown)]
    [InlineData("nonce too low: next nonce 5, tx nonce 4", BroadcastVerdict.NonceTooLow)]
    [InlineData("Nonce too low", BroadcastVerdict.NonceTooLow)]
    [InlineData("OldNonce, Current nonce: 5, nonce of rejected tx: 4", BroadcastVerdict.NonceTooLow)]
    [InlineData("transaction underpriced: gas tip cap 0, minimum needed 1", BroadcastVerdict.Underpriced)]
    [InlineData("replacement transaction underpriced", BroadcastVerdict.Underpriced)]
    [InlineData("INTERNAL_ERROR: could not replace existing tx", BroadcastVerdict.Underpriced)]
    [InlineData("Gas price below configured minimum gas price", BroadcastVerdict.Underpriced)]
    [InlineData("FeeTooLowToCompete", BroadcastVerdict.Underpriced)]
    [InlineData("max fee per gas less than block base fee: address 0x00", BroadcastVerdict.Underpriced)]
    [InlineData("insufficient funds for gas * price + value: balance 0, tx cost 1, overshot 1", BroadcastVerdict.InsufficientFunds)]
    [InlineData("Upfront cost exceeds account balance", BroadcastVerdict.InsufficientFunds)]
    [InlineData("invalid chain id for signer: have 1 want 5", BroadcastVerdict.Rejected)]
    [InlineData("Wrong chainId", BroadcastVerdict.Rejected)]
    [InlineData("intrinsic gas too low: gas 20000, minimum needed 21000", BroadcastVerdict.Rejected)]
    [InlineData("tx fee (1.00 ether) exceeds the configured cap (0.50 ether)", BroadcastVerdict.Rejected)]
    public void Classify_KnownText_HasItsVerdict(string message, BroadcastVerdict verdict) =>
        Assert.Equal(verdict, BroadcastRefusals.Classify(message));

    [Theory]
    [InlineData("")]
    [InlineData("txpool is full")]
    [InlineData("node is syncing")]
    [InlineData("internal error")]
    [InlineData("authority nonce too low")] // EIP-7702's, not the account's
    [InlineData("limit exceeded: your transaction is already known to be throttled")]
    public void Classify_AnyOtherText_IsUnknown(string message) => Assert.Equal(BroadcastVerdict.Unknown, BroadcastRefusals.Classify(message));

    [Fact]
    public void Verdict_Default_IsUnknown() => Assert.Equal(BroadcastVerdict.Unknown, default);
}
