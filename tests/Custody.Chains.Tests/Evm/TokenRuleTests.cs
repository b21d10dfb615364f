using Custody.Chains.Evm;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Results;

namespace Custody.Chains.Tests.Evm;

public sealed class TokenRuleTests
{
    private static readonly byte[] Code = [0x60, 0x80, 0x60, 0x40];
    private static readonly AssetRegistration Token = new(
        AssetId.Parse("eip155:31337/erc20:0x5FbDB2315678afecb367f032d93F642f64180aa3"), "USDX", 6, new TokenTerms($"0x{Convert.ToHexStringLower(Keccak256.Hash(Code))}", 100_000));

    [Fact]
    public void Check_RegisteredCodeAndDecimals_IsAllowed() => Assert.True(TokenRule.Check(Token, Code, Word(6)).IsAllowed);

    public static TheoryData<string, AssetRegistration, byte[], byte[]?> Wrong() => new()
    {
        { "no contract", Token, [], Word(6) },
        { "has the hash", Token, [.. Code, 0], Word(6) },
        { "says 18 decimals", Token, Code, Word(18) },
        { "says 5 decimals", Token, Code, Word(5) },
        { "does not say", Token, Code, null },
        { "does not say", Token, Code, [] },
        { "does not say", Token, Code, [6] },
        { "does not say", Token, Code, [.. Word(6), 0] },
        { "not registered as a token", Token with { Token = null }, Code, Word(6) },
        { "not registered as a token", Token with { Id = AssetId.Parse("eip155:31337/slip44:60") }, Code, Word(6) },
        { "not registered as a token", Token with { Id = AssetId.Parse(Token.Id.ToString().ToLowerInvariant()) }, Code, Word(6) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Check_AnythingElse_IsAMismatch(string says, AssetRegistration registration, byte[] code, byte[]? decimals)
    {
        var verdict = TokenRule.Check(registration, code, decimals);
        Assert.Equal((false, RefusalCode.TokenMismatch), (verdict.IsAllowed, verdict.Code));
        Assert.Contains(says, verdict.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40_000UL, 50_000UL)]
    [InlineData(79_999UL, 99_998UL)]
    [InlineData(90_000UL, 100_000UL)]
    [InlineData(100_000UL, 100_000UL)]
    [InlineData(1UL, 21_001UL)]
    public void Gas_WithinTheCeiling_IsTheEstimateAndAQuarter(ulong estimate, ulong limit) =>
        Assert.Equal((Verdict.Allowed, limit), TokenGas.Plan(Token.Token!, estimate));

    [Theory]
    [InlineData(100_001UL, RefusalCode.GasAboveCeiling)]
    [InlineData(ulong.MaxValue, RefusalCode.GasAboveCeiling)]
    [InlineData(null, RefusalCode.TransferWouldRevert)]
    public void Gas_AboveTheCeilingOrReverting_IsRefused(ulong? estimate, RefusalCode code)
    {
        var (verdict, limit) = TokenGas.Plan(Token.Token!, estimate);
        Assert.Equal((false, code, 0UL), (verdict.IsAllowed, verdict.Code, limit));
    }

    private static byte[] Word(byte number) => [.. new byte[31], number];
}
