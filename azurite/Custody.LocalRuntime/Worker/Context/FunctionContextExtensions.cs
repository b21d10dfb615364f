using Custody.LocalRuntime.Hosting.Http;
using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>ASP.NET Core's view of an invocation.</summary>
public static class FunctionContextExtensions
{
    /// <summary>The request that started the function; null for any other trigger.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Items.TryGetValue(HttpItems.HttpContext, out var value) ? value as HttpContext : null;
}
