using System.Reflection;
using Custody.LocalRuntime.Hosting.Discovery;
using Custody.LocalRuntime.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.DurableTask;

namespace Custody.LocalRuntime.Hosting.Binding;

/// <summary>Parameters of orchestrators: the orchestration's context, and its input as any other type.</summary>
internal static class OrchestrationParameters
{
    public static ParameterBinder? Choose(FunctionMethod function, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter == function.TriggerParameter)
        {
            return type == typeof(TaskOrchestrationContext) ? invocation => ValueTask.FromResult<object?>(invocation.Trigger) : null;
        }

        if (parameter != Input(function))
        {
            return null;
        }

        var reader = (InputReader)Activator.CreateInstance(typeof(InputReader<>).MakeGenericType(type))!;
        return invocation => ValueTask.FromResult(reader.Read((TaskOrchestrationContext)invocation.Trigger));
    }

    private static ParameterInfo? Input(FunctionMethod function) => function.Method.GetParameters().FirstOrDefault(parameter =>
        parameter != function.TriggerParameter
        && parameter.ParameterType != typeof(FunctionContext)
        && parameter.ParameterType != typeof(CancellationToken)
        && !parameter.IsDefined(typeof(BindingAttribute)));

    private abstract class InputReader
    {
        public abstract object? Read(TaskOrchestrationContext context);
    }

    private sealed class InputReader<T> : InputReader
    {
        public override object? Read(TaskOrchestrationContext context) => context.GetInput<T>();
    }
}
