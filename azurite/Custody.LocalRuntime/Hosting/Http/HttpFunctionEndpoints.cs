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
            var result = await runner.RunAsync(invocation, span);
            await HttpResults.WriteAsync(http, result);
        }
        catch (FunctionInputConverterException e) when (!http.Response.HasStarted)
        {
            await HttpResults.BadRequestAsync(http, e.Message);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            // The caller learns nothing of the cause, as from the official host.
            Unanswered(log, e, invocation.Function.Name, invocation.InvocationId);
            http.Response.Clear();
            http.Response.StatusCode = e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
        }
    }

    private static string? Header(HttpContext http, string name) => http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    [LoggerMessage(4200, LogLevel.Warning, "'{Function}' gave no answer (id={InvocationId})")]
    private static partial void Unanswered(ILogger log, Exception exception, string function, string invocationId);
}
