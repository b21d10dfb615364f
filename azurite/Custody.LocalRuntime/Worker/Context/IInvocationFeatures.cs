namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the parts of the host tell each other about one invocation, by type.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    /// <summary>Sets the feature of the type.</summary>
    void Set<T>(T instance);

    /// <summary>The feature of the type, or the type's default.</summary>
    T? Get<T>();
}
