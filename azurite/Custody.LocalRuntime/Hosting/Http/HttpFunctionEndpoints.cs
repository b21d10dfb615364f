using System.Diagnostics;
using Custody.LocalRuntime.Hosting.Invocation;
using Custody.LocalRuntime.Hosting.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Custody.LocalRuntime.Hosting.Http;

/// <summary>Serves HTTP functions from ASP.NET Core's routing.</summary>
internal sealed partial class HttpFunctionEndpoints(
    FunctionRunner runner, HostSettings host, TimeProvider time, ILogger<HttpFunctionEndpoints> log)
{
    public void Map(IEndpointRouteBuilder endpoints, HttpRoute route, Function function)
    {
        var endpoint = endpoints.Map(route.Pattern, http => ServeAsync(http, function)).WithDisplayName(function.Name);
        if (route.Methods.Count > 0)
        {
            endpoint.WithMetadata(new HttpMethodMetadata(route.Methods));
        }
    }

    private async Task ServeAsync(HttpContext http, Function function)
    {
        // ASP.NET Core's own span, when it has one, already belongs to the caller's trace.
        var (parent, state) = Activity.Current is null ? (Header(http, "traceparent"), Header(http, "tracestate")) : (null, null);
        using var span = InvocationSpans.Start(function.Name, "http", ActivityKind.Internal, parent, state);
        using var cancellation = new FunctionCancellation(http.RequestAborted, host.FunctionTimeout, time);
        await using var invocation = new LocalInvocation(function, http, http.RequestServices)
        {
            InstanceServices = http.RequestServices,
            Trace = InvocationTrace.Of(span ?? Activity.Current, parent, state),
            Values = new BindingValues(new Dictionary<string, object?>(http.Request.RouteValues, StringComparer.OrdinalIgnoreCase)),
            Cancellation = cancellation.Token,
        };
        invocation.Items[HttpItems.HttpContext] = http;
        await AnswerAsync(http, invocation, span);
    }

    private async Task AnswerAsync(HttpContext http, LocalInvocation invocation, Activity? span)
    {
        try
        {
            await WriteAsync(http, invocation, await runner.RunAsync(invocation, span));
        }
        catch (FunctionInputConverterException e) when (!http.Response.HasStarted)
        {
            await HttpResults.BadRequestAsync(http, e.Message);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            // It is in the log; the caller learns nothing of the cause, as from the official host.
            http.Response.Clear();
            http.Response.StatusCode = e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        }
    }

    private async Task WriteAsync(HttpContext http, LocalInvocation invocation, object? result)
    {
        try
        {
            await HttpResults.WriteAsync(http, result);
        }
        catch (Exception e)
        {
            Unwritten(log, e, invocation.Function.Name, invocation.InvocationId);
            throw;
        }
    }

    private static string? Header(HttpContext http, string name) => http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    [LoggerMessage(4200, LogLevel.Error, "The answer of '{Function}' could not be written (id={InvocationId})")]
    private static partial void Unwritten(ILogger log, Exception exception, string function, string invocationId);
}
