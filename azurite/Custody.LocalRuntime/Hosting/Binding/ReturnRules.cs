using Custody.LocalRuntime.Hosting.Discovery;

namespace Custody.LocalRuntime.Hosting.Binding;

/// <summary>What functions may return.</summary>
internal static class ReturnRules
{
    public static void Check(FunctionMethod function, StartProblems problems)
    {
        if (function.Kind == TriggerKind.Timer && function.Method.ReturnType != typeof(void) && function.Method.ReturnType != typeof(Task))
        {
            problems.Add($"{function.Label}: a timer function returns nothing or Task; there is no output to write a result to.");
        }

        if (function.Kind == TriggerKind.Orchestration && !function.Method.ReturnType.IsAssignableTo(typeof(Task)))
        {
            problems.Add($"{function.Label}: an orchestrator returns Task or Task<T>.");
        }
    }
}
