using Custody.LocalRuntime.Hosting.Discovery;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting.Http;

/// <summary>Where an HTTP function listens.</summary>
/// <param name="Function">The function.</param>
/// <param name="Pattern">The whole template, with the host's prefix.</param>
/// <param name="Methods">The methods; empty for all.</param>
internal sealed record HttpRoute(FunctionMethod Function, RoutePattern Pattern, IReadOnlyList<string> Methods)
{
    /// <summary>The path below the host's address, as the listing shows it.</summary>
    public string Path => Pattern.RawText!;

    /// <summary>Reads the trigger's route; a template that cannot be used is a problem.</summary>
    public static HttpRoute? Read(FunctionMethod function, string template, string prefix, StartProblems problems)
    {
        var trigger = (HttpTriggerAttribute)function.Trigger;
        var path = string.Join('/', new[] { prefix, template }.Where(part => part.Length > 0));
        if (template.StartsWith('/') || template.StartsWith('~'))
        {
            problems.Add($"{function.Label}: the route '{template}' begins with '{template[0]}'; it is relative to the host's prefix.");
            return null;
        }

        if (path.Split('/')[0] is "admin" or "runtime")
        {
            problems.Add($"{function.Label}: the route '{path}' is the host's own.");
            return null;
        }

        try
        {
            return new HttpRoute(function, RoutePatternFactory.Parse(path), [.. (trigger.Methods ?? []).Select(method => method.ToUpperInvariant())]);
        }
        catch (RoutePatternException e)
        {
            problems.Add($"{function.Label}: the route '{path}' is malformed: {e.Message}");
            return null;
        }
    }
}
