using Azure.Identity;
using Custody.Core.Vaults;
using Custody.Vaults.ManagedHsm;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging.Abstractions;

namespace Custody.Cli.Devices;

/// <summary>A vault's device, opened where its place says it is. Nothing is asked of it before the first use.</summary>
internal sealed class OpenedDevice : IAsyncDisposable
{
    private readonly Pkcs11Vault? _token;
    private readonly ManagedHsmVault? _hsm;

    private OpenedDevice(Pkcs11Vault token) => (Vault, _token) = (token, token);

    private OpenedDevice(ManagedHsmVault hsm) => (Vault, _hsm) = (hsm, hsm);

    /// <summary>The device as the gate knows it.</summary>
    public IVault Vault { get; }

    public static OpenedDevice Open(VaultPlace place, CliEnvironment environment)
    {
        if (place.ManagedHsm is { } hsm)
        {
            var client = environment.ManagedHsm?.Invoke(hsm)
                ?? new ManagedHsmClient(new ManagedHsmOptions { HsmUri = hsm }, new DefaultAzureCredential(), environment.Time, NullLogger<ManagedHsmClient>.Instance);
            return new OpenedDevice(new ManagedHsmVault(client, environment.Time, NullLogger<ManagedHsmVault>.Instance));
        }

        return new OpenedDevice(new Pkcs11Vault(Options(place), environment.Time, NullLoggerFactory.Instance));
    }

    /// <summary>A token's place, as the pool takes it.</summary>
    public static Pkcs11Options Options(VaultPlace place) => new()
    {
        ModulePath = Path.GetFullPath(place.Module!),
        TokenLabel = place.TokenLabel,
        TokenSerial = place.TokenSerial,
        PinFile = place.Pin is null ? Path.GetFullPath(place.PinFile!) : "",
        Pin = place.Pin,
        MaxSessions = 1,
    };

    /// <summary>What the token says of itself; null where there is none, or it says nothing.</summary>
    public async Task<Pkcs11TokenFacts?> TokenAsync(CancellationToken cancellation) =>
        _token is null ? null : (await _token.DescribeTokenAsync(cancellation)).Match<Pkcs11TokenFacts?>(facts => facts, (_, _) => null);

    /// <summary>A Managed HSM's evidence that it holds the key; null where there is none.</summary>
    public Task<ManagedHsmAttestation?> AttestationAsync(string keyId, CancellationToken cancellation) =>
        _hsm?.AttestAsync(keyId, cancellation) ?? Task.FromResult<ManagedHsmAttestation?>(null);

    public ValueTask DisposeAsync() => _token?.DisposeAsync() ?? ValueTask.CompletedTask;
}
