using Custody.Core.Transactions;
using Custody.Core.Vaults;
using Custody.Core.Withdrawals;
using Microsoft.Extensions.DependencyInjection;

namespace Custody.TestHost;

/// <summary>Puts doubles in front of what the app registered; the real part stays behind each.</summary>
internal static class ServiceDoubles
{
    public static void PutInFrontOfVaults(this IServiceCollection services, Doubles doubles) =>
        services.PutInFront<IReadOnlyDictionary<string, IVault>>(real =>
            real.ToDictionary(v => v.Key, IVault (v) => new LyingVault(new TappedVault(v.Value, doubles), doubles), StringComparer.Ordinal));

    public static void PutInFrontOfAssembler(this IServiceCollection services, Doubles doubles) =>
        services.PutInFront<ITransactionAssembler>(real => new LyingAssembler(real, doubles));

    public static void PutInFrontOfStore(this IServiceCollection services, Doubles doubles) =>
        services.PutInFront<IWithdrawalStore>(real => new LyingStore(real, doubles));

    private static void PutInFront<T>(this IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var registered = services.Single(s => s.ServiceType == typeof(T));
        services.Remove(registered);
        services.AddSingleton(provider => wrap((T)(registered.ImplementationFactory?.Invoke(provider)
            ?? registered.ImplementationInstance
            ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!))));
    }
}
