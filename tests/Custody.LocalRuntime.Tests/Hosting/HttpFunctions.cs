using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace Custody.LocalRuntime.Tests.Hosting;

public sealed record Note(string Title, int Stars);

public sealed class HttpFunctions(ScopedThing thing)
{
    [Function("Route")]
    public IActionResult Route(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id:guid}/{count}/{name?}")] HttpRequest request,
        Guid id, int count, FunctionContext context, CancellationToken cancellation, string name = "nobody") =>
        new OkObjectResult(new { id, count, name, request.Method, Function = context.FunctionDefinition.Name, Cancellable = cancellation.CanBeCanceled });

    [Function("Body")]
    public async Task<IActionResult> Body([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "body")] HttpRequest request, [FromBody] Note note)
    {
        await Task.Yield();
        return new ObjectResult(note with { Stars = note.Stars + 1 }) { StatusCode = StatusCodes.Status201Created };
    }

    [Function("Refused")]
    public IActionResult Refused([HttpTrigger(AuthorizationLevel.Anonymous, Route = "refused")] HttpRequest request) =>
        new ObjectResult(new ProblemDetails { Status = 422, Title = "No", Extensions = { ["code"] = "field-invalid" } });

    [Function("Minimal")]
    public Task<IResult> Minimal([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Task.FromResult(Results.Text("plain", statusCode: 202));

    [Function("Poco")]
    public Note Poco([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => new("bare", 3);

    [Function("OwnResponse")]
    public Task OwnResponse([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => request.HttpContext.Response.WriteAsync("by hand");

    [Function("Fails")]
    public IActionResult Fails([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => throw new InvalidOperationException("a secret cause");

    [Function("Endless")]
    public Task Endless([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, CancellationToken cancellation) =>
        Task.Delay(Timeout.Infinite, cancellation);

    [Function("Scope")]
    public IActionResult Scope([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, FunctionContext context)
    {
        var same = ReferenceEquals(context.InstanceServices.GetService(typeof(ScopedThing)), thing)
            && ReferenceEquals(context.GetHttpContext()!.RequestServices.GetService(typeof(ScopedThing)), thing);
        return new OkObjectResult(new { thing.Number, same });
    }
}
