using Custody.LocalStack.Processes;
using Custody.LocalStack.State;

namespace Custody.LocalStack.Parts;

/// <summary>The function app on the local runtime: all roles in one process, or the pipeline.</summary>
internal static class AppPart
{
    public static async Task<Child> StartAsync(
        ChildLedger ledger, StateFolder state, StackOptions options, Accounts accounts, TimeProvider time, CancellationToken cancellation)
    {
        var plan = new ChildPlan(
            options.Split ? "The pipeline" : "The function app",
            "dotnet",
            [Repository.App, "--port", $"{options.Port}"],
            options.Split ? AppSettings.Read("pipeline", state, options, accounts) : AppSettings.Read(state, options, accounts),
            Path.GetDirectoryName(Repository.App)!,
            state.Log("app"));
        using var http = new HttpClient();
        return await Child.StartAsync(ledger, plan, stop => IsHealthyAsync(http, options, stop), time, cancellation);
    }

    private static async Task<bool> IsHealthyAsync(HttpClient http, StackOptions options, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"{options.ApiUrl}/api/v1/health"), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
