using System.Reflection;
using Custody.LocalRuntime.Hosting.Discovery;
using Custody.LocalRuntime.Hosting.Http;
using Custody.LocalRuntime.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting.Binding;

/// <summary>Chooses how each parameter of a function gets its value, before the function ever runs.</summary>
internal static class ParameterBinding
{
    /// <summary>The function ready to run; null when a parameter cannot be bound, which is a problem.</summary>
    public static Function? Bind(FunctionMethod function, HttpRoute? route, StartProblems problems)
    {
        var found = problems.Found.Count;
        var binders = function.Method.GetParameters().Select(parameter => Choose(function, parameter, route, problems)).ToList();
        ReturnRules.Check(function, problems);
        return problems.Found.Count > found ? null : new Function(function, binders);
    }

    private static ParameterBinder Choose(FunctionMethod function, ParameterInfo parameter, HttpRoute? route, StartProblems problems)
    {
        var binder = AnyTrigger(function, parameter, problems) ?? function.Kind switch
        {
            TriggerKind.Http => HttpParameters.Choose(function, parameter, route),
            TriggerKind.Timer => TimerParameters.Choose(function, parameter),
            TriggerKind.Orchestration => OrchestrationParameters.Choose(function, parameter),
            _ => ActivityParameters.Choose(function, parameter),
        };
        if (binder is null)
        {
            problems.Add($"{function.Label}: the parameter '{parameter.Name}' ({parameter.ParameterType.Name}) cannot be bound{Hint(function)}.");
        }

        return binder ?? (_ => ValueTask.FromResult<object?>(null));
    }

    private static ParameterBinder? AnyTrigger(FunctionMethod function, ParameterInfo parameter, StartProblems problems)
    {
        if (parameter.ParameterType == typeof(FunctionContext))
        {
            return invocation => ValueTask.FromResult<object?>(invocation);
        }

        // An orchestrator must give the same answer on every replay, which a token of this run cannot.
        if (parameter.ParameterType == typeof(CancellationToken) && function.Kind != TriggerKind.Orchestration)
        {
            return invocation => ValueTask.FromResult<object?>(invocation.Cancellation);
        }

        return parameter.GetCustomAttribute<DurableClientAttribute>() is { } client
            ? DurableClientParameters.Choose(client, function, parameter, problems)
            : null;
    }

    private static string Hint(FunctionMethod function) => function.Kind switch
    {
        TriggerKind.Http =>
            "; an HTTP function takes [HttpTrigger] HttpRequest, its route's parameters by name, [FromBody], [DurableClient] DurableTaskClient, FunctionContext and CancellationToken",
        TriggerKind.Timer => "; a timer function takes [TimerTrigger] TimerInfo, [DurableClient] DurableTaskClient, FunctionContext and CancellationToken",
        TriggerKind.Orchestration => "; an orchestrator takes [OrchestrationTrigger] TaskOrchestrationContext, at most one input and FunctionContext",
        _ => "; an activity takes [ActivityTrigger] with its input, string instanceId, [DurableClient] DurableTaskClient, FunctionContext and CancellationToken",
    };
}
