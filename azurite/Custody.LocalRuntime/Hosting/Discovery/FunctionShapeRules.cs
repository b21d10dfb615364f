using System.Reflection;
using System.Runtime.CompilerServices;

namespace Custody.LocalRuntime.Hosting.Discovery;

/// <summary>What a function's method must look like for both hosts to run it.</summary>
internal static class FunctionShapeRules
{
    public static void Check(MethodInfo method, string label, StartProblems problems)
    {
        var type = method.DeclaringType!;
        if (!method.IsPublic || !type.IsVisible)
        {
            problems.Add($"{label}: the method and its class must be public.");
        }

        if (method.IsGenericMethodDefinition || type.ContainsGenericParameters)
        {
            problems.Add($"{label}: neither the method nor its class may be generic.");
        }

        if (!method.IsStatic && type.IsAbstract)
        {
            problems.Add($"{label}: the class is abstract, so no instance can be made of it.");
        }

        if (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)))
        {
            problems.Add($"{label} is async void: its end and its failures would go unseen; return Task.");
        }

        if (IsValueTask(method.ReturnType))
        {
            problems.Add($"{label} returns {nameof(ValueTask)}, which the official host does not await; return Task.");
        }

        if (method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef))
        {
            problems.Add($"{label}: parameters cannot be in, ref or out.");
        }
    }

    private static bool IsValueTask(Type type) =>
        type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));
}
