using Custody.LocalRuntime.Hosting.Http;
using Custody.LocalRuntime.Hosting.Invocation;
using Custody.LocalRuntime.Hosting.Timers;

namespace Custody.LocalRuntime.Hosting;

/// <summary>The app's functions, ready to run, by what starts them.</summary>
internal sealed record FunctionCatalogue(
    IReadOnlyList<HttpFunction> Http,
    IReadOnlyList<TimerFunction> Timers,
    IReadOnlyList<Function> Orchestrators,
    IReadOnlyList<Function> Activities)
{
    /// <summary>True when the host needs a storage account to run them.</summary>
    public bool NeedsStorage =>
        Timers.Count + Orchestrators.Count + Activities.Count > 0 || Http.Any(function => function.Function.UsesDurableClient);
}
