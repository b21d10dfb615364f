using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.App;

public static class AppFunctions
{
    /// <summary>Says that it has begun, then takes the asked time to end.</summary>
    [Function("Slow")]
    public static async Task Slow(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "slow/{milliseconds:int}")] HttpRequest request, int milliseconds, CancellationToken cancellation)
    {
        await request.HttpContext.Response.WriteAsync("begun,", cancellation);
        await request.HttpContext.Response.Body.FlushAsync(cancellation);
        await Task.Delay(milliseconds, cancellation);
        await request.HttpContext.Response.WriteAsync("ended", cancellation);
    }

    [Function("Setting")]
    public static IActionResult Setting([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "%SettingRoute%")] HttpRequest request) =>
        new OkObjectResult(Environment.GetEnvironmentVariable("SettingRoute"));
}
