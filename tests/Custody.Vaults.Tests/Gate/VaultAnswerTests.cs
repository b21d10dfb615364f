using Custody.Comparison;
using Custody.Core.Assets;
using Custody.Core.Gate;
using Custody.Core.Results;
using Custody.Core.Vaults;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

public sealed class VaultAnswerTests
{
    private static readonly Dictionary<string, Func<byte[], VaultSigning>> Lies = new(StringComparer.Ordinal)
    {
        ["zeros"] = _ => new VaultSigning.Signed(new byte[64]),
        ["63 bytes"] = d => new VaultSigning.Signed(People.HotKey.Sign(d)[..63]),
        ["65 bytes"] = d => new VaultSigning.Signed([.. People.HotKey.Sign(d), 0]),
        ["nothing"] = _ => new VaultSigning.Signed([]),
        ["another key's signature"] = d => new VaultSigning.Signed(People.WarmKey.Sign(d)),
        ["a signature over another digest"] = _ => new VaultSigning.Signed(People.HotKey.Sign(new byte[32])),
        ["r and s swapped"] = d => new VaultSigning.Signed([.. People.HotKey.Sign(d)[32..], .. People.HotKey.Sign(d)[..32]]),
    };

    public static TheoryData<string> LieNames => [.. Lies.Keys];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SignAsync_EitherHalfOfS_IsSentInTheLowerOneAndComparesToTheIntent(bool highS)
    {
        var bench = new GateBench();
        bench.Hot.Answer = digest => new VaultSigning.Signed(People.HotKey.Sign(digest, highS));

        await bench.SignedAsync();

        var record = Assert.Single(bench.Signed.Stored.Values);
        var result = new TransactionComparison(new Dictionary<ChainId, AssetId> { [SampleGovernance.Chain] = SampleGovernance.Ether }).Compare(new ComparisonInput(
            bench.World.Intent, Convert.FromHexString(record.Unsigned), Convert.FromHexString(record.Signed), People.HotKey.PublicKey, People.HotKey.Address.ToString(), 7));
        Assert.Equal(record.TransactionId, Assert.IsType<ComparisonResult.Match>(result).TxId);
    }

    [Theory]
    [MemberData(nameof(LieNames))]
    public async Task SignAsync_VaultLies_RefusedAndNothingStored(string lie)
    {
        var bench = new GateBench();
        bench.Hot.Answer = Lies[lie];

        var refused = Assert.IsType<GateOutcome.Refused>(await bench.SignAsync());

        Assert.Equal(RefusalCode.VaultSignatureInvalid, refused.Code);
        Assert.True(refused.MayBeSigned);
        Assert.Empty(bench.Signed.Stored);
    }

    [Fact]
    public async Task SignAsync_VaultFaults_UnknownAndTheSameDigestMayBeAskedAgain()
    {
        foreach (var fault in Enum.GetValues<VaultFault>().Where(f => f != VaultFault.SignatureInvalid))
        {
            var bench = new GateBench();
            bench.Hot.Answer = _ => new VaultSigning.Faulted(fault, "no answer");

            Assert.Equal(CodeOf(fault), Assert.IsType<GateOutcome.Unknown>(await bench.SignAsync()).Code);
            bench.Hot.Answer = null;
            await bench.SignedAsync();

            Assert.Single(bench.Signings.Of("hot-1"));
            Assert.Single(bench.Hot.Digests.Distinct());
        }
    }

    [Fact]
    public async Task SignAsync_DeviceSaysThatItsSignatureIsNone_RefusedAndNothingStored()
    {
        var bench = new GateBench();
        bench.Hot.Answer = _ => new VaultSigning.Faulted(VaultFault.SignatureInvalid, "not its own");

        var refused = Assert.IsType<GateOutcome.Refused>(await bench.SignAsync());

        Assert.Equal(RefusalCode.VaultSignatureInvalid, refused.Code);
        Assert.True(refused.MayBeSigned);
        Assert.Empty(bench.Signed.Stored);
    }

    [Theory]
    [InlineData(VaultFault.Unknown)]
    [InlineData(VaultFault.TokenMissing)]
    [InlineData(VaultFault.KeyInactive)]
    [InlineData(VaultFault.NotAuthenticated)]
    [InlineData(VaultFault.ChallengeRefused)]
    [InlineData(VaultFault.AccessDenied)]
    [InlineData(VaultFault.Conflict)]
    [InlineData(VaultFault.Throttled)]
    [InlineData(VaultFault.Unreachable)]
    [InlineData(VaultFault.MalformedAnswer)]
    [InlineData(VaultFault.ModuleMissing)]
    [InlineData(VaultFault.PinLocked)]
    [InlineData(VaultFault.WrongPin)]
    [InlineData(VaultFault.KeyMissing)]
    public async Task SignAsync_KeyCannotBeRead_UnknownAndNothingJournalled(VaultFault fault)
    {
        var bench = new GateBench();
        bench.Hot.Key = new VaultKeyReading.Faulted(fault, "no token");

        Assert.Equal(CodeOf(fault), Assert.IsType<GateOutcome.Unknown>(await bench.SignAsync()).Code);

        Assert.Equal(0, bench.Hot.Asked);
        Assert.Empty(bench.Signings.Of("hot-1"));
    }

    private static RefusalCode CodeOf(VaultFault fault) => fault switch
    {
        VaultFault.ModuleMissing => RefusalCode.VaultModuleMissing,
        VaultFault.TokenMissing => RefusalCode.VaultTokenMissing,
        VaultFault.WrongPin => RefusalCode.VaultPinWrong,
        VaultFault.PinLocked => RefusalCode.VaultPinLocked,
        VaultFault.KeyMissing => RefusalCode.VaultKeyMissing,
        _ => RefusalCode.VaultUnavailable,
    };
}
