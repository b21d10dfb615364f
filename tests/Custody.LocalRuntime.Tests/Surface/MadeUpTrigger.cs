namespace Microsoft.Azure.Functions.Worker;

/// <summary>A type that no official package has, for the test of the surface test.</summary>
public class MadeUpTrigger(string name, int order = 0) : Attribute
{
    public const int Limit = 7;

    public string Name { get; init; } = name + order;

    protected virtual void Fire<T>(List<T> to, ref int? count) => count = to.Count;
}
