using Microsoft.Extensions.DependencyInjection;

namespace Custody.Functions.Screening;

/// <summary>The HTTP client with which the screening provider is asked.</summary>
public static class ScreeningClient
{
    /// <summary>Without loggers, since the key is in a header; without redirects, since it must not go where somebody else points to.</summary>
    public static IServiceCollection AddScreeningClient(this IServiceCollection services)
    {
        services.AddHttpClient(HttpScreener.Client, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        return services;
    }
}
