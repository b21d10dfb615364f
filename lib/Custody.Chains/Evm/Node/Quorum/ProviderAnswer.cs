namespace Custody.Chains.Evm;

/// <summary>What one provider said to a question.</summary>
/// <param name="Provider">Its name.</param>
/// <param name="Value">Its answer, where null means that it has no such thing. It says nothing where there was none.</param>
/// <param name="Fault">Why there was no answer; null when there was one.</param>
internal sealed record ProviderAnswer<T>(string Provider, T Value, string? Fault = null)
{
    public bool IsAnswer => Fault is null;
}
