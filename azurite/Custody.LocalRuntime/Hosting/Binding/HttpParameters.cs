using System.Reflection;
using Custody.LocalRuntime.Hosting.Discovery;
using Custody.LocalRuntime.Hosting.Http;
using Custody.LocalRuntime.Hosting.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Http;

namespace Custody.LocalRuntime.Hosting.Binding;

/// <summary>Parameters of HTTP functions: the request, the route's values and the body.</summary>
internal static class HttpParameters
{
    public static ParameterBinder? Choose(FunctionMethod function, ParameterInfo parameter, HttpRoute? route)
    {
        var type = parameter.ParameterType;
        var name = parameter.Name!;
        if (parameter == function.TriggerParameter)
        {
            return type == typeof(HttpRequest) ? invocation => ValueTask.FromResult<object?>(Request(invocation).Request) : null;
        }

        if (parameter.IsDefined(typeof(FromBodyAttribute)))
        {
            return invocation => JsonBody.ReadAsync(Request(invocation), name, type, invocation.Cancellation);
        }

        if (route?.Pattern.GetParameter(name) is null || !RouteValues.CanRead(type))
        {
            return null;
        }

        var absent = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        return invocation => ValueTask.FromResult(RouteValues.Read(Request(invocation), name, type, absent));
    }

    private static HttpContext Request(LocalInvocation invocation) => (HttpContext)invocation.Trigger;
}
