using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Custody.LocalRuntime.Hosting.Http;

/// <summary>Reads a request's JSON body as a parameter's type, with the options that MVC writes with.</summary>
internal sealed class JsonBody
{
    public static async ValueTask<object?> ReadAsync(HttpContext http, string parameter, Type type, CancellationToken cancellation)
    {
        if (!http.Request.HasJsonContentType())
        {
            throw new FunctionInputConverterException($"The body, read as '{parameter}', must be JSON (application/json).");
        }

        try
        {
            var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.JsonSerializerOptions;
            return await http.Request.ReadFromJsonAsync(type, options, cancellation)
                ?? throw new FunctionInputConverterException($"The body, read as '{parameter}', is null.");
        }
        catch (JsonException e)
        {
            throw new FunctionInputConverterException($"The body is not the JSON that '{parameter}' takes (at {e.Path ?? "$"}).", e);
        }
    }
}
