using System.Reflection;
using System.Text.Json;
using Custody.LocalRuntime.Engine;
using Custody.LocalRuntime.Hosting.Discovery;
using Custody.LocalRuntime.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting.Binding;

/// <summary>Parameters of activities: the input, and the id of the instance that called.</summary>
internal static class ActivityParameters
{
    public static ParameterBinder? Choose(FunctionMethod function, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter == function.TriggerParameter)
        {
            return invocation => ValueTask.FromResult(Read((ActivityCall)invocation.Trigger, parameter.Name!, type));
        }

        return parameter.Name == "instanceId" && type == typeof(string)
            ? invocation => ValueTask.FromResult<object?>(((ActivityCall)invocation.Trigger).InstanceId)
            : null;
    }

    private static object? Read(ActivityCall call, string parameter, Type type)
    {
        if (call.SerializedInput is null)
        {
            return type.IsValueType ? Activator.CreateInstance(type) : null;
        }

        try
        {
            return call.Converter.Deserialize(call.SerializedInput, type);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new FunctionInputConverterException($"The input of activity '{call.Name}' is not the {type.Name} that '{parameter}' takes: {e.Message}", e);
        }
    }
}
