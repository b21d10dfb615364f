using Custody.Core.Callers;

namespace Custody.Functions.Http;

/// <summary>Who may call an HTTP function. A function without it stops the start: nothing is open by being forgotten.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CallersAttribute(CallerKind kinds) : Attribute
{
    /// <summary>The kinds of callers.</summary>
    public CallerKind Kinds { get; } = kinds;
}
