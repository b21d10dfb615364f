using System.Reflection;
using Custody.LocalRuntime.Hosting.Discovery;
using Custody.LocalRuntime.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting.Binding;

/// <summary>Parameters of timer functions: the schedule's state.</summary>
internal static class TimerParameters
{
    public static ParameterBinder? Choose(FunctionMethod function, ParameterInfo parameter) =>
        parameter == function.TriggerParameter && parameter.ParameterType == typeof(TimerInfo)
            ? invocation => ValueTask.FromResult<object?>(invocation.Trigger)
            : null;
}
