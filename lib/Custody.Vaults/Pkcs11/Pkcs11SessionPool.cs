using System.Collections.Concurrent;
using Custody.Core.Vaults;
using Microsoft.Extensions.Logging;
using Net.Pkcs11Interop.Common;

namespace Custody.Vaults.Pkcs11;

/// <summary>
/// Sessions on one token, each with one borrower at a time (a session used by two threads at once can crash the process),
/// under one login. A token lost is looked for again by re-initialising the module, no oftener than the back-off allows.
/// </summary>
public sealed class Pkcs11SessionPool : IAsyncDisposable
{
    private readonly Pkcs11Options _options;
    private readonly ILogger<Pkcs11SessionPool> _logger;
    private readonly RecoveryBackoff _backoff;
    private readonly SemaphoreSlim _borrowers;
    private readonly ConcurrentStack<PooledSession> _idle = new();
    private readonly TokenLoginKeeper _login;
    private readonly Lock _recovery = new();
    private bool _disposed;

    /// <summary>Nothing is loaded, opened or asked of a token before the first use.</summary>
    public Pkcs11SessionPool(Pkcs11Options options, TimeProvider time, ILogger<Pkcs11SessionPool> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Checked();
        _logger = logger;
        _backoff = new RecoveryBackoff(options.FirstRecoveryDelay, options.MaxRecoveryDelay, time);
        _borrowers = new SemaphoreSlim(options.MaxSessions);
        _login = new TokenLoginKeeper(_options, logger);
    }

    /// <summary>
    /// Lends a session to <paramref name="work"/>, which runs at once more if it failed before anything could be signed and the
    /// token came back. Cancellation is heeded only before the session is lent.
    /// </summary>
    internal async Task<Pkcs11Answer<T>> RunAsync<T>(
        Func<PooledSession, Pkcs11Answer<T>> work, CancellationToken cancellation, SessionType type = SessionType.ReadOnly)
    {
        await _borrowers.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
            return Pkcs11Module.TryLoad(_options.ModulePath, _logger) is { } module
                ? Run(module, work, type)
                : new Pkcs11Answer<T>.Faulted(VaultFault.ModuleMissing, $"'{_options.ModulePath}' is not there, or is not a PKCS#11 module.");
        }
        finally
        {
            _borrowers.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        for (var taken = 0; taken < _options.MaxSessions; taken++)
        {
            await _borrowers.WaitAsync().ConfigureAwait(false);
        }

        try
        {
            _login.Module?.Use(_ => CloseAll(_login.Module.Generation));
        }
        catch (Pkcs11Exception uninitialized) when (uninitialized.RV == CKR.CKR_CRYPTOKI_NOT_INITIALIZED)
        {
            // The module's end closed every session.
        }

        _borrowers.Release(_options.MaxSessions);
    }

    private Pkcs11Answer<T> Run<T>(Pkcs11Module module, Func<PooledSession, Pkcs11Answer<T>> work, SessionType type)
    {
        for (var recovered = false; ; recovered = true)
        {
            var generation = module.Generation;
            var (answer, lost) = Try(module, work, type);
            if (lost is null)
            {
                return answer!;
            }

            Pkcs11Log.TokenLost(_logger, _options.TokenName, lost);
            if (recovered || !TryRecover(module, generation))
            {
                return Faulted<T>(VaultFault.TokenMissing, lost);
            }
        }
    }

    // One borrower at a time: those that lost the token with it wait here and find it already looked for.
    private bool TryRecover(Pkcs11Module module, long failed)
    {
        lock (_recovery)
        {
            return module.Generation != failed || (_backoff.TryTake() && module.TryReinitialize(failed, _logger));
        }
    }

    private (Pkcs11Answer<T>? Answer, string? Lost) Try<T>(Pkcs11Module module, Func<PooledSession, Pkcs11Answer<T>> work, SessionType type)
    {
        try
        {
            return module.Use(library => _login.Ensure(module, library).Match<(Pkcs11Answer<T>?, string?)>(
                login => (Lend(login, work, type), null),
                (fault, detail) => fault == VaultFault.TokenMissing ? (null, detail) : (Faulted<T>(fault, detail), null)));
        }
        catch (Pkcs11Exception failure) when (ReturnCodes.IsTokenLost(failure))
        {
            return (null, failure.Message);
        }
        catch (Pkcs11Exception failure)
        {
            Pkcs11Log.CallFailed(_logger, _options.TokenName, failure.Method, failure.RV);
            return (Faulted<T>(ReturnCodes.FaultOf(failure), failure.Message), null);
        }
    }

    private Pkcs11Answer<T> Lend<T>(TokenLogin login, Func<PooledSession, Pkcs11Answer<T>> work, SessionType type)
    {
        var session = Borrow(login, type);
        var whole = false;
        try
        {
            var answer = work(session);
            whole = true;
            if (answer is Pkcs11Answer<T>.Done)
            {
                _backoff.Reset();
            }

            return answer;
        }
        finally
        {
            // After a failed call an operation may still be active in the session; the next borrower must not inherit it.
            if (whole && type == SessionType.ReadOnly)
            {
                _idle.Push(session);
            }
            else
            {
                session.Close();
            }
        }
    }

    private PooledSession Borrow(TokenLogin login, SessionType type)
    {
        while (type == SessionType.ReadOnly && _idle.TryPop(out var idle))
        {
            if (idle.Generation == login.Generation)
            {
                return idle;
            }
        }

        return new PooledSession(login.Slot.OpenSession(type), login.Slot, login.Generation);
    }

    private Pkcs11Answer<T>.Faulted Faulted<T>(VaultFault fault, string detail) => new(fault, $"token with {_options.TokenName}: {detail}");

    private bool CloseAll(long generation)
    {
        while (_idle.TryPop(out var session))
        {
            if (session.Generation == generation)
            {
                session.Close();
            }
        }

        _login.Close(generation);
        return true;
    }
}
