using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Custody.LocalRuntime.Hosting.Discovery;

/// <summary>Finds the functions by their attribute.</summary>
internal static class FunctionFinder
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The functions that can run; what is marked as one and cannot is a problem.</summary>
    public static IReadOnlyList<FunctionMethod> Find(FunctionSources sources, StartProblems problems)
    {
        var functions = new List<FunctionMethod>();
        foreach (var method in sources.Types.SelectMany(type => type.GetMethods(Declared)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is { } mark && Read(mark.Name, method, problems) is { } function)
            {
                functions.Add(function);
            }
        }

        FunctionNameRules.CheckUnique(functions, problems);
        return functions;
    }

    private static FunctionMethod? Read(string name, MethodInfo method, StartProblems problems)
    {
        var label = $"Function '{name}' ({method.DeclaringType!.Name}.{method.Name})";
        var found = problems.Found.Count;
        FunctionNameRules.CheckForm(name, label, problems);
        FunctionShapeRules.Check(method, label, problems);
        var triggers = method.GetParameters()
            .Select(parameter => (Parameter: parameter, Trigger: parameter.GetCustomAttribute<TriggerBindingAttribute>()))
            .Where(pair => pair.Trigger is not null)
            .ToList();
        if (triggers.Count != 1)
        {
            problems.Add($"{label} has {triggers.Count} triggers, expected one parameter with a trigger attribute.");
        }

        return problems.Found.Count > found ? null : new FunctionMethod(name, method, triggers[0].Parameter, triggers[0].Trigger!);
    }
}
