using Microsoft.AspNetCore.Routing.Patterns;

namespace Custody.LocalRuntime.Hosting.Http;

/// <summary>No two functions answer the same request.</summary>
internal static class HttpRouteRules
{
    public static void CheckClashes(IReadOnlyList<HttpRoute> routes, StartProblems problems)
    {
        for (var i = 0; i < routes.Count; i++)
        {
            foreach (var other in routes.Skip(i + 1).Where(other => Shape(other.Pattern) == Shape(routes[i].Pattern) && Overlap(other, routes[i])))
            {
                problems.Add($"The routes of '{routes[i].Function.Name}' ({routes[i].Path}) and '{other.Function.Name}' ({other.Path}) clash.");
            }
        }
    }

    private static bool Overlap(HttpRoute one, HttpRoute other) =>
        one.Methods.Count == 0 || other.Methods.Count == 0 || one.Methods.Intersect(other.Methods).Any();

    // Parameters match by place and constraint, not by name: a/{id} and a/{key} are the same route.
    private static string Shape(RoutePattern pattern) =>
        string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Shape)))).ToUpperInvariant();

    private static string Shape(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart { IsCatchAll: true } catchAll => $"{{*{Constraints(catchAll)}}}",
        RoutePatternParameterPart parameter => $"{{{Constraints(parameter)}}}",
        _ => throw new InvalidOperationException($"{part.GetType().Name} is not a part of a route."),
    };

    private static string Constraints(RoutePatternParameterPart parameter) =>
        string.Concat(parameter.ParameterPolicies.Select(policy => ":" + policy.Content));
}
