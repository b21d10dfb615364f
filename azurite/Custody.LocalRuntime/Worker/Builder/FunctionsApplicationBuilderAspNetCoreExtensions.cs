namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>HTTP functions with ASP.NET Core's types.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Lets HTTP functions take and return ASP.NET Core's types.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        builder.Local.UseAspNetCore();
        return builder;
    }
}
