using System.Collections.Concurrent;
using Custody.Core.Assets;
using Custody.Core.Vaults;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging;

namespace Custody.Vaults.ManagedHsm;

/// <summary>
/// What the HSM says of its keys, kept for a while. A version's public key never changes: one that does is not believed, for as
/// long as this process lives.
/// </summary>
internal sealed class HsmKeyReader(ManagedHsmClient client, TimeProvider time, ILogger logger)
{
    private readonly ConcurrentDictionary<string, (ManagedHsmKeyFacts Facts, DateTimeOffset At)> _read = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]> _publicKeys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _unchangeable = new(StringComparer.Ordinal);

    /// <summary>The key's facts, if it is active; whether they are those of a vault key is the caller's matter.</summary>
    public async Task<HsmAnswer<ManagedHsmKeyFacts>> ReadAsync(ManagedHsmKeyId key, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (!_read.TryGetValue(key.Text, out var read) || now - read.At >= client.Options.KeyCacheDuration)
        {
            var asked = await AskAsync(key, cancellation).ConfigureAwait(false);
            if (asked.Value is not { } facts)
            {
                return asked;
            }

            _read[key.Text] = read = (facts, now);
        }

        return read.Facts.InactiveAt(time.GetUtcNow()) is { } inactive
            ? Faulted(VaultFault.KeyInactive, inactive)
            : HsmAnswer<ManagedHsmKeyFacts>.Done(read.Facts);
    }

    /// <summary>The HSM said something else than what was read; the next one reads again.</summary>
    public void Forget(ManagedHsmKeyId key) => _read.TryRemove(key.Text, out _);

    private async Task<HsmAnswer<ManagedHsmKeyFacts>> AskAsync(ManagedHsmKeyId key, CancellationToken cancellation)
    {
        var reply = await client.GetKeyAsync(key, cancellation).ConfigureAwait(false);
        if (reply.Problem != HsmProblem.None)
        {
            return Faulted(HsmProblems.FaultOf(reply.Problem), $"get of '{key}': {reply.Detail}");
        }

        if (KeyBundle.Parse(reply.Body) is not { } bundle || !key.Is(bundle.Key?.Kid))
        {
            return Faulted(VaultFault.MalformedAnswer, $"get of '{key}': the answer is not that key");
        }

        var (mayBeChanged, fault) = await MayBeChangedAsync(key, cancellation).ConfigureAwait(false);
        return fault ?? (ManagedHsmKeyFacts.Of(key, bundle, mayBeChanged) is not { } facts
            ? Faulted(VaultFault.MalformedAnswer, $"get of '{key}': no point of 32-byte coordinates")
            : Remembered(key, facts));
    }

    private HsmAnswer<ManagedHsmKeyFacts> Remembered(ManagedHsmKeyId key, ManagedHsmKeyFacts facts)
    {
        if (_publicKeys.TryAdd(key.Text, facts.Facts.PublicKey))
        {
            var address = facts.Curve == EllipticCurve.Secp256k1 ? EvmAddress.FromPublicKey(facts.Facts.PublicKey).ToString() : "none";
            ManagedHsmLog.KeyRead(logger, key.Text, address, facts.HsmPlatform ?? "not told");
        }

        return facts.Facts.PublicKey.AsSpan().SequenceEqual(_publicKeys[key.Text])
            ? HsmAnswer<ManagedHsmKeyFacts>.Done(facts)
            : Faulted(VaultFault.KeyNotAttested, $"key '{key}' has another public key than before");
    }

    // The tags bind the key to the trust root only as long as the app cannot write them. Nothing but trying tells whether it can.
    private async Task<(bool MayBeChanged, HsmAnswer<ManagedHsmKeyFacts>? Fault)> MayBeChangedAsync(ManagedHsmKeyId key, CancellationToken cancellation)
    {
        if (_unchangeable.TryGetValue(key.Text, out var at) && time.GetUtcNow() - at < client.Options.PermissionCacheDuration)
        {
            return (false, null);
        }

        var reply = await client.UpdateNothingAsync(key, cancellation).ConfigureAwait(false);
        switch (reply.Problem)
        {
            case HsmProblem.AccessDenied:
                _unchangeable[key.Text] = time.GetUtcNow();
                return (false, null);
            case HsmProblem.None or HsmProblem.Rejected or HsmProblem.Conflict:
                // Rejected or in conflict: not for want of a permission.
                ManagedHsmLog.KeyCanBeChanged(logger, key.Text);
                return (true, null);
            default:
                return (true, Faulted(HsmProblems.FaultOf(reply.Problem), $"update of '{key}', which should be refused: {reply.Detail}"));
        }
    }

    private static HsmAnswer<ManagedHsmKeyFacts> Faulted(VaultFault fault, string detail) => HsmAnswer<ManagedHsmKeyFacts>.Faulted(fault, detail);
}
