using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;

namespace Custody.LocalRuntime.Hosting.Http;

/// <summary>Writes what an HTTP function returned.</summary>
internal static class HttpResults
{
    public static Task WriteAsync(HttpContext http, object? result) => result switch
    {
        // The function wrote its response itself, or has nothing to say.
        null => Task.CompletedTask,
        IResult minimal => minimal.ExecuteAsync(http),
        IActionResult action => ExecuteAsync(http, action),
        _ => ExecuteAsync(http, new ObjectResult(result)),
    };

    public static Task BadRequestAsync(HttpContext http, string detail) =>
        ExecuteAsync(http, new ObjectResult(new ProblemDetails { Status = StatusCodes.Status400BadRequest, Title = "Bad Request", Detail = detail }));

    private static Task ExecuteAsync(HttpContext http, IActionResult result) =>
        result.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), new ActionDescriptor()));
}
