using Custody.Core.Callers;
using Microsoft.AspNetCore.Http;

namespace Custody.Functions.Http;

/// <summary>The authenticated caller of an HTTP request.</summary>
public static class CallerFeature
{
    private static readonly object Key = new();

    /// <summary>Attaches the caller.</summary>
    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;

    /// <summary>The caller. Throws when the middleware did not run: a function must never go on without one.</summary>
    public static Caller GetCaller(this HttpContext context) =>
        context.Items[Key] as Caller ?? throw new InvalidOperationException("The request was not authenticated.");
}
