using Custody.Core.Gate;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>The process dies at the k-th effect, before or after it, for every k; then it starts again and asks again.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SignAsync_CrashAtEveryEffect_ThenRetry_OneSignatureAndOneDigest(bool after)
    {
        for (var k = 1; k <= await EffectsOfACleanRunAsync(); k++)
        {
            var bench = new GateBench();

            await CrashAtAsync(bench, k, after);
            var signed = await bench.SignedAsync();

            AssertOnce(bench, signed, $"crash {(after ? "after" : "before")} effect {k} ({bench.Effects.Names[k - 1]})");
        }
    }

    [Fact]
    public async Task SignAsync_CrashAtEveryEffectOfTheRetryToo_OneSignatureAndOneDigest()
    {
        var all = await EffectsOfACleanRunAsync();
        for (var k = 1; k <= all; k++)
        {
            var bench = new GateBench();

            await CrashAtAsync(bench, k, after: true);
            var begun = bench.Effects.Names.Count;
            await CrashAtAsync(bench, begun + (all - k + 1), after: true);
            var signed = await bench.SignedAsync();

            AssertOnce(bench, signed, $"crash after effect {k}, and then after the retry's {all - k + 1}");
        }
    }

    private static async Task<int> EffectsOfACleanRunAsync()
    {
        var bench = new GateBench();
        await bench.SignedAsync();
        Assert.Contains("vault.sign", bench.Effects.Names);
        Assert.Contains("signings.append hot-1", bench.Effects.Names);
        Assert.Equal("signed.write", bench.Effects.Names[^1]);
        return bench.Effects.Names.Count;
    }

    private static async Task CrashAtAsync(GateBench bench, int k, bool after)
    {
        bench.Effects.Interrupt = (number, name, happened) =>
        {
            if (number == k && happened == after)
            {
                throw new SimulatedCrashException(name);
            }
        };
        try
        {
            await bench.SignAsync();
        }
        catch (SimulatedCrashException)
        {
            // Nothing in memory survives: the next call makes a new gate over what was stored.
        }

        bench.Effects.Interrupt = null;
    }

    private static void AssertOnce(GateBench bench, GateOutcome.Signed signed, string when)
    {
        Assert.True(bench.Signed.Stored.Count == 1, $"{when}: {bench.Signed.Stored.Count} signatures are stored");
        Assert.Equal(signed.TransactionId, bench.Signed.Stored.Values.Single().TransactionId);
        Assert.True(bench.Hot.Digests.Distinct().Count() == 1, $"{when}: the vault was asked for two digests");
        Assert.True(bench.Signings.Of("hot-1").Count == 1, $"{when}: {bench.Signings.Of("hot-1").Count} lines were journalled");
        Assert.Equal(bench.Signings.Of("hot-1")[0].Sighash, bench.Hot.Digests.First());
    }
}
