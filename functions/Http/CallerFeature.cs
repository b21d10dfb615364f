using Custody.Core.Callers;
using Custody.Functions.Governance;
using Microsoft.AspNetCore.Http;

namespace Custody.Functions.Http;

/// <summary>The authenticated caller of an HTTP request.</summary>
public static class CallerFeature
{
    private static readonly object Key = new();
    private static readonly object GovernanceKey = new();

    /// <summary>Attaches the caller.</summary>
    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;

    /// <summary>Attaches the governance that the caller was verified under.</summary>
    public static void SetGovernance(this HttpContext context, GovernanceSnapshot.InForce inForce) => context.Items[GovernanceKey] = inForce;

    /// <summary>The governance that the caller was verified under, read for this request. Throws when the middleware did not run.</summary>
    public static GovernanceSnapshot.InForce GetGovernance(this HttpContext context) =>
        context.Items[GovernanceKey] as GovernanceSnapshot.InForce ?? throw new InvalidOperationException("The request was not authenticated.");

    /// <summary>The caller. Throws when the middleware did not run: a function must never go on without one.</summary>
    public static Caller GetCaller(this HttpContext context) =>
        context.Items[Key] as Caller ?? throw new InvalidOperationException("The request was not authenticated.");
}
