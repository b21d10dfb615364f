using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Custody.Vaults.Pkcs11;

/// <summary>
/// A PKCS#11 module, initialised once for the whole process however many vaults and signers use it. Every native call runs
/// under <see cref="Use{T}"/>; re-initialisation waits for those in flight and starts a new generation, in which every
/// earlier session and handle is void.
/// </summary>
public sealed class Pkcs11Module
{
    // Keyed by the loader's handle: two paths to one library share the library's state, so they must share this object.
    private static readonly ConcurrentDictionary<IntPtr, Pkcs11Module> Loaded = new();
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(30);
    private readonly ReaderWriterLockSlim _use = new(LockRecursionPolicy.NoRecursion);
    private IPkcs11Library? _library;

    private Pkcs11Module(string path) => ModulePath = path;

    /// <summary>The path that it was first loaded from.</summary>
    public string ModulePath { get; }

    /// <summary>Grows by one with each initialisation; read it under <see cref="Use{T}"/> to name what a session belongs to.</summary>
    internal long Generation { get; private set; }

    /// <summary>What this module's tokens said to PINs.</summary>
    internal PinMemory Pins { get; } = new();

    /// <summary>Loads the module, or returns the one already loaded; null if the file is not a PKCS#11 module of this machine.</summary>
    public static Pkcs11Module? TryLoad(string path, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        NativeLibraryNames.Register();

        // This reference is never released, so that a re-initialisation does not unmap code that another thread may be leaving.
        if (!NativeLibrary.TryLoad(path, out var handle))
        {
            Pkcs11Log.ModuleMissing(logger, path);
            return null;
        }

        var module = Loaded.GetOrAdd(handle, static (_, path) => new Pkcs11Module(path), path);
        return module.EnsureInitialized(logger) ? module : null;
    }

    /// <summary>
    /// Runs native calls with the module held initialised. <paramref name="body"/> must not call <see cref="TryReinitialize"/>.
    /// </summary>
    internal T Use<T>(Func<IPkcs11Library, T> body)
    {
        _use.EnterReadLock();
        try
        {
            return body(_library ?? throw new Pkcs11Exception("C_Initialize", CKR.CKR_CRYPTOKI_NOT_INITIALIZED));
        }
        finally
        {
            _use.ExitReadLock();
        }
    }

    /// <summary>As <see cref="Use{T}"/>, with no other call in the module meanwhile.</summary>
    internal T UseAlone<T>(Func<IPkcs11Library, T> body)
    {
        _use.EnterWriteLock();
        try
        {
            return body(_library ?? throw new Pkcs11Exception("C_Initialize", CKR.CKR_CRYPTOKI_NOT_INITIALIZED));
        }
        finally
        {
            _use.ExitWriteLock();
        }
    }

    /// <summary>
    /// C_Finalize and C_Initialize, if nobody has done so since <paramref name="failed"/> was the generation. A module that
    /// lost its token often answers only errors until then, even with the token back. False if it did not succeed.
    /// </summary>
    internal bool TryReinitialize(long failed, ILogger logger)
    {
        if (!_use.TryEnterWriteLock(DrainTimeout))
        {
            Pkcs11Log.ReinitializeFailed(logger, ModulePath, "calls in flight did not return");
            return false;
        }

        try
        {
            if (Generation != failed)
            {
                return _library is not null;
            }

            _library?.Dispose();
            _library = null;
            return Initialize(logger);
        }
        finally
        {
            _use.ExitWriteLock();
        }
    }

    private bool EnsureInitialized(ILogger logger)
    {
        _use.EnterWriteLock();
        try
        {
            return _library is not null || Initialize(logger);
        }
        finally
        {
            _use.ExitWriteLock();
        }
    }

    private bool Initialize(ILogger logger)
    {
        Generation++;
        try
        {
            var factories = new Pkcs11InteropFactories();
            _library = factories.Pkcs11LibraryFactory.LoadPkcs11Library(factories, ModulePath, AppType.MultiThreaded);
            Pkcs11Log.ModuleInitialized(logger, ModulePath, Generation);
            return true;
        }
        catch (Exception failure) when (failure is Pkcs11Exception or UnmanagedException or LibraryArchitectureException)
        {
            Pkcs11Log.ReinitializeFailed(logger, ModulePath, failure.Message);
            return false;
        }
    }
}
