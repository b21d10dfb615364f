namespace Custody.Vaults.Pkcs11;

/// <summary>
/// When a lost token may next be looked for by re-initialising its module. Each re-initialisation also ends the sessions of
/// every other token of the module, so a token that stays away must not cause them freely.
/// </summary>
internal sealed class RecoveryBackoff(TimeSpan first, TimeSpan longest, TimeProvider time)
{
    private readonly Lock _lock = new();
    private TimeSpan? _delay;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <summary>Takes the turn, if it is time for one.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (now < _notBefore)
            {
                return false;
            }

            var delay = _delay ?? first;
            _notBefore = now + delay;
            _delay = delay * 2 < longest ? delay * 2 : longest;
            return true;
        }
    }

    /// <summary>The token answered; the next loss is looked into at once.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _delay = null;
            _notBefore = DateTimeOffset.MinValue;
        }
    }
}
