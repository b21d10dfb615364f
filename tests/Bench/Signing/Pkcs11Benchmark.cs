using System.Diagnostics;
using System.Security.Cryptography;
using Custody.Core.Vaults;
using Custody.Testing;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging.Abstractions;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Custody.Bench.Signing;

/// <summary>Signatures a second from SoftHSM on two threads: through the pool, and from the raw module in a session a thread.</summary>
internal sealed class Pkcs11Benchmark : IBenchmark
{
    private const int Threads = 2;
    private const int Each = 2_000;
    private const int Rounds = 5;
    private const string KeyId = "bench";
    private const string Pin = "bench-pin-0000";

    public string Name => "pkcs11";

    public async Task RunAsync(TextWriter output, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.Of("pin"), Pin, cancellation);
        var label = await SoftHsm.CreateTokenAsync("bench", Pin);
        var options = new Pkcs11Options { ModulePath = SoftHsm.ModulePath, TokenLabel = label, PinFile = folder.Of("pin") };
        await using (var pool = new Pkcs11SessionPool(options, TimeProvider.System, NullLogger<Pkcs11SessionPool>.Instance))
        {
            _ = await new Pkcs11KeyGenerator(pool, NullLogger<Pkcs11KeyGenerator>.Instance).GenerateVaultKeyAsync(KeyId, "root", cancellation) as KeyGeneration.Generated
                ?? throw new InvalidOperationException("The token made no key.");
        }

        await using var vault = new Pkcs11Vault(options, TimeProvider.System, NullLoggerFactory.Instance);
        await PoolAsync(vault, Each / 10, cancellation);
        using var library = new Pkcs11InteropFactories().Pkcs11LibraryFactory.LoadPkcs11Library(new Pkcs11InteropFactories(), SoftHsm.ModulePath, AppType.MultiThreaded);
        Raw(library, label, Each / 10);

        // By turns, and each its best: what else runs on the machine slows both.
        var (pooled, raw) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            raw = Math.Max(raw, Raw(library, label, Each));
            pooled = Math.Max(pooled, await PoolAsync(vault, Each, cancellation));
        }

        await output.WriteLineAsync($"pkcs11: {Threads} threads, {Each} signatures each, best of {Rounds}");
        await output.WriteLineAsync($"  raw module {raw:0}/s, through the pool {pooled:0}/s: {pooled / raw:0.00} of it (target: at least 0.90)");
    }

    private static async Task<double> PoolAsync(Pkcs11Vault vault, int each, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(
            async () =>
            {
                var digest = RandomNumberGenerator.GetBytes(32);
                for (var i = 0; i < each; i++)
                {
                    if (await vault.SignAsync(KeyId, digest, cancellation) is not VaultSigning.Signed)
                    {
                        throw new InvalidOperationException("The pool did not sign.");
                    }
                }
            },
            cancellation)));
        return Threads * each / watch.Elapsed.TotalSeconds;
    }

    // The pool's login serves these sessions too: PKCS#11 logs a whole application in.
    private static double Raw(IPkcs11Library library, string label, int each)
    {
        var slot = library.GetSlotList(SlotsType.WithTokenPresent).Single(s => s.GetTokenInfo().Label.Trim() == label);
        var sessions = Enumerable.Range(0, Threads).Select(_ => slot.OpenSession(SessionType.ReadOnly)).ToList();
        try
        {
            var watch = Stopwatch.StartNew();
            Parallel.ForEach(sessions, new ParallelOptions { MaxDegreeOfParallelism = Threads }, session => Sign(session, each));
            return Threads * each / watch.Elapsed.TotalSeconds;
        }
        finally
        {
            sessions.ForEach(s => s.Dispose());
        }
    }

    private static void Sign(ISession session, int each)
    {
        var attributes = session.Factories.ObjectAttributeFactory;
        using var isPrivate = attributes.Create(CKA.CKA_CLASS, CKO.CKO_PRIVATE_KEY);
        using var id = attributes.Create(CKA.CKA_ID, System.Text.Encoding.UTF8.GetBytes(KeyId));
        var key = session.FindAllObjects([isPrivate, id]).Single();
        var digest = RandomNumberGenerator.GetBytes(32);
        using var mechanism = session.Factories.MechanismFactory.Create(CKM.CKM_ECDSA);
        for (var i = 0; i < each; i++)
        {
            _ = session.Sign(mechanism, key, digest);
        }
    }
}
