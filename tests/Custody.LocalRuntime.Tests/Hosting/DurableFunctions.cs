using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Custody.LocalRuntime.Tests.Hosting;

public sealed record Order(string Item, string Amount);

public sealed class DurableFunctions(ScopedThing thing)
{
    [Function("StartOrder")]
    public async Task<IActionResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orders/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client)
    {
        await client.ScheduleNewOrchestrationInstanceAsync(
            "OrderV1", new Order("tea", "12"), new StartOrchestrationOptions(id), request.HttpContext.RequestAborted);
        var done = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, request.HttpContext.RequestAborted);
        return new OkObjectResult(new { status = done.RuntimeStatus.ToString(), output = done.SerializedOutput, failure = done.FailureDetails?.ErrorMessage });
    }

    [Function("OrderV1")]
    public static async Task<string> Run([OrchestrationTrigger] TaskOrchestrationContext context, Order order)
    {
        var packed = await context.CallActivityAsync<string>("Pack", order);
        return await context.CallActivityAsync<string>("Ship", packed);
    }

    [Function("Pack")]
    public string Pack([ActivityTrigger] Order order, FunctionContext context, string instanceId) =>
        $"{order.Amount} {order.Item} of {instanceId} ({ReferenceEquals(context.InstanceServices.GetService(typeof(ScopedThing)), thing)})";

    [Function("Ship")]
    public static Task<string> Ship([ActivityTrigger] string packed, FunctionContext context) =>
        Task.FromResult($"shipped {packed}; {Activity.Current?.TraceId}; {context.TraceContext.TraceParent.Length > 0}");
}

public static class PoisonFunctions
{
    [Function("StartPoison")]
    public static async Task<IActionResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "poison")] HttpRequest request, [DurableClient] DurableTaskClient client)
    {
        var id = await client.ScheduleNewOrchestrationInstanceAsync("PoisonV1", request.HttpContext.RequestAborted);
        var done = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, request.HttpContext.RequestAborted);
        return new OkObjectResult(new { status = done.RuntimeStatus.ToString(), failure = done.FailureDetails?.ErrorMessage });
    }

    [Function("PoisonV1")]
    public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync("Swallow", "not a number");

    [Function("Swallow")]
    public static void Swallow([ActivityTrigger] int number) => ArgumentOutOfRangeException.ThrowIfNegative(number);
}
