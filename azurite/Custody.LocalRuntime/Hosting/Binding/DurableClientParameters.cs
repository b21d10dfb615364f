using System.Reflection;
using Custody.LocalRuntime.Hosting.Discovery;
using Custody.LocalRuntime.Hosting.Durable;
using Custody.LocalRuntime.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Custody.LocalRuntime.Hosting.Binding;

/// <summary>The task hub's client, for every function but an orchestrator, whose replay it would escape.</summary>
internal static class DurableClientParameters
{
    public static ParameterBinder? Choose(DurableClientAttribute client, FunctionMethod function, ParameterInfo parameter, StartProblems problems)
    {
        if (client.TaskHub is not null || client.ConnectionName is not null)
        {
            problems.Add($"{function.Label}: this host has one task hub, that of host.json; leave TaskHub and ConnectionName out.");
        }

        return parameter.ParameterType == typeof(DurableTaskClient) && function.Kind != TriggerKind.Orchestration
            ? invocation => ValueTask.FromResult<object?>(invocation.InstanceServices.GetRequiredService<DurableEngineSource>().Engine.Client)
            : null;
    }
}
