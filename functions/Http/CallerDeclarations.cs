using System.Reflection;
using Custody.Core.Callers;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Http;

/// <summary>What every HTTP function of the app declares about its callers, by function name.</summary>
public sealed class CallerDeclarations
{
    private readonly Dictionary<string, CallerKind> _kinds;

    /// <summary>Reads the declarations. Throws when a function declares nobody.</summary>
    public CallerDeclarations(Assembly assembly)
    {
        var functions = assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(m => m.GetCustomAttribute<FunctionAttribute>() is not null && m.GetParameters().Any(p => p.GetCustomAttribute<HttpTriggerAttribute>() is not null))
            .ToList();
        var silent = functions.Where(m => (m.GetCustomAttribute<CallersAttribute>()?.Kinds ?? CallerKind.None) == CallerKind.None).ToList();
        if (silent.Count > 0)
        {
            throw new InvalidOperationException(
                $"These HTTP functions do not declare who may call them with [Callers]: {string.Join(", ", silent.Select(m => m.GetCustomAttribute<FunctionAttribute>()!.Name))}.");
        }

        _kinds = functions.ToDictionary(
            m => m.GetCustomAttribute<FunctionAttribute>()!.Name, m => m.GetCustomAttribute<CallersAttribute>()!.Kinds, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Who may call a function; nobody when it is not known.</summary>
    public CallerKind Of(string function) => _kinds.GetValueOrDefault(function, CallerKind.None);
}
