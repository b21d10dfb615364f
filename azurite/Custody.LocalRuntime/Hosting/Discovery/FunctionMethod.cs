using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Custody.LocalRuntime.Hosting.Discovery;

/// <summary>A method that is marked as a function, with its trigger.</summary>
internal sealed record FunctionMethod(string Name, MethodInfo Method, ParameterInfo TriggerParameter, TriggerBindingAttribute Trigger)
{
    public TriggerKind Kind => Trigger switch
    {
        HttpTriggerAttribute => TriggerKind.Http,
        TimerTriggerAttribute => TriggerKind.Timer,
        OrchestrationTriggerAttribute => TriggerKind.Orchestration,
        ActivityTriggerAttribute => TriggerKind.Activity,
        _ => throw new InvalidOperationException($"{Trigger.GetType().Name} is not a trigger of this host."),
    };

    /// <summary>The binding's type as host and middleware name it.</summary>
    public string TriggerType => Kind switch
    {
        TriggerKind.Http => "httpTrigger",
        TriggerKind.Timer => "timerTrigger",
        TriggerKind.Orchestration => "orchestrationTrigger",
        _ => "activityTrigger",
    };

    /// <summary>The name that orchestrations are scheduled and activities called by.</summary>
    public string TaskName => Trigger switch
    {
        OrchestrationTriggerAttribute { Orchestration: { } name } => name,
        ActivityTriggerAttribute { Activity: { } name } => name,
        _ => Name,
    };

    /// <summary>How messages name the function.</summary>
    public string Label => $"Function '{Name}' ({Method.DeclaringType!.Name}.{Method.Name})";
}
