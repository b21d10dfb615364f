using System.Text.RegularExpressions;

namespace Custody.LocalRuntime.Hosting.Discovery;

/// <summary>Names of functions: the official host's form, unique ignoring case.</summary>
internal static partial class FunctionNameRules
{
    public static void CheckForm(string name, string label, StartProblems problems)
    {
        if (!Form().IsMatch(name))
        {
            problems.Add($"{label}: a name is a letter followed by up to 127 letters, digits, underscores and hyphens.");
        }
    }

    public static void CheckUnique(IEnumerable<FunctionMethod> functions, StartProblems problems)
    {
        foreach (var same in functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
        {
            problems.Add($"The name '{same.First().Name}' is used by {Methods(same)}; names are unique, ignoring case.");
        }

        foreach (var same in functions
            .Where(function => function.Kind is TriggerKind.Orchestration or TriggerKind.Activity)
            .GroupBy(function => (function.Kind, function.TaskName.ToUpperInvariant()))
            .Where(same => same.DistinctBy(function => function.Name, StringComparer.OrdinalIgnoreCase).Count() > 1))
        {
            problems.Add($"{Methods(same)} answer to the same {same.First().TriggerType} name '{same.First().TaskName}'.");
        }
    }

    private static string Methods(IEnumerable<FunctionMethod> functions) =>
        string.Join(" and ", functions.Select(function => $"{function.Method.DeclaringType!.Name}.{function.Method.Name}"));

    // \z, not $: a name that ends in a line feed is refused.
    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_-]{0,127}\z")]
    private static partial Regex Form();
}
