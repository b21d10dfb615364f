namespace Custody.LocalStack.Processes;

/// <summary>A program to start.</summary>
internal sealed record ChildPlan(
    string Name, string File, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, string Folder, string Log);
