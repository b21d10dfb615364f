#pragma warning disable CA1822, CA1852, xUnit1013 // These are wrong on purpose.
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Custody.LocalRuntime.Tests.Hosting;

/// <summary>Functions that no host should start with, each wrong in one way.</summary>
public static class Wrong
{
    public sealed class Named
    {
        [Function("1st")]
        public void Digit([TimerTrigger("0 * * * * *")] TimerInfo timer) { }
    }

    public sealed class Twins
    {
        [Function("Twin")]
        public void One([TimerTrigger("0 * * * * *")] TimerInfo timer) { }

        [Function("TWIN")]
        public void Other([TimerTrigger("0 * * * * *")] TimerInfo timer) { }
    }

    internal sealed class Hidden
    {
        [Function("Hidden")]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) { }
    }

    public sealed class Private
    {
        [Function("Private")]
        private void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) { }
    }

    public sealed class GenericMethod
    {
        [Function("Generic")]
        public void Run<T>([TimerTrigger("0 * * * * *")] TimerInfo timer) { }
    }

    public sealed class Cron
    {
        [Function("Cron")]
        public void Run([TimerTrigger("61 * * * * *")] TimerInfo timer) { }
    }

    public sealed class Never
    {
        [Function("Never")]
        public void Run([TimerTrigger("0 0 0 30 2 *")] TimerInfo timer) { }
    }

    public sealed class Setting
    {
        [Function("Setting")]
        public void Run([TimerTrigger("%Pace:Of:It%")] TimerInfo timer) { }
    }

    public sealed class Clash
    {
        [Function("One")]
        public IActionResult One([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "a/{id}")] HttpRequest request) => new OkResult();

        [Function("Two")]
        public IActionResult Two([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "A/{key}")] HttpRequest request) => new OkResult();

        [Function("Three")]
        public IActionResult Three([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "a/{id:int}")] HttpRequest request) => new OkResult();

        [Function("Four")]
        public IActionResult Four([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "a/{id}")] HttpRequest request) => new OkResult();
    }

    public sealed class Unbound
    {
        [Function("Unbound")]
        public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "u/{id}")] HttpRequest request, string key) => new OkResult();
    }

    public sealed class Keyed
    {
        [Function("Keyed")]
        public IActionResult Run([HttpTrigger("get")] HttpRequest request) => new OkResult();
    }

    public sealed class Template
    {
        [Function("Template")]
        public IActionResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "t/{id")] HttpRequest request) => new OkResult();
    }

    public sealed class ClientInOrchestrator
    {
        [Function("Orchestrator")]
        public Task Run([OrchestrationTrigger] TaskOrchestrationContext context, [DurableClient] DurableTaskClient client) => Task.CompletedTask;
    }

    public sealed class TwoInputs
    {
        [Function("TwoInputs")]
        public Task Run([OrchestrationTrigger] TaskOrchestrationContext context, string one, string two) => Task.CompletedTask;
    }

    public sealed class NoTrigger
    {
        [Function("NoTrigger")]
        public void Run(FunctionContext context) { }
    }

    public sealed class AsyncVoid
    {
        [Function("AsyncVoid")]
        public async void Run([TimerTrigger("0 * * * * *")] TimerInfo timer) => await Task.Yield();
    }
}
