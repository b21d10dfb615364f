using Custody.LocalRuntime.Hosting.Http;
using Custody.LocalRuntime.Hosting.Invocation;
using Custody.LocalRuntime.Hosting.Timers;

namespace Custody.LocalRuntime.Hosting;

/// <summary>Lists the functions and their addresses as <c>func start</c> does.</summary>
internal static class FunctionListing
{
    public static void Print(FunctionCatalogue functions, Uri address, TextWriter to)
    {
        to.WriteLine();
        to.WriteLine("Functions:");
        foreach (var line in functions.Http.Select(function => Line(function, address))
            .Concat(functions.Timers.Select(Line))
            .Concat(functions.Orchestrators.Concat(functions.Activities).Select(Line)))
        {
            to.WriteLine();
            to.WriteLine("\t" + line);
        }

        to.WriteLine();
        to.Flush();
    }

    private static string Line(HttpFunction function, Uri address)
    {
        var methods = function.Route.Methods.Count == 0 ? "ALL" : string.Join(',', function.Route.Methods);
        return $"{function.Function.Name}: [{methods}] {address.AbsoluteUri}{function.Route.Path}";
    }

    private static string Line(TimerFunction timer) => Line(timer.Function);

    private static string Line(Function function) => $"{function.Name}: {function.Method.TriggerType}";
}
