namespace Custody.Chains.Evm;

/// <summary>Whether a transaction is in a block, by several providers.</summary>
internal abstract record Inclusion<T>
{
    private Inclusion()
    {
    }

    /// <summary>A majority shows it in the same block, in the same form.</summary>
    /// <param name="Value">What it shows.</param>
    /// <param name="With">The providers that show it so.</param>
    /// <param name="Odd">Providers that show it otherwise, in a block.</param>
    public sealed record Mined(T Value, IReadOnlyList<string> With, IReadOnlyList<string> Odd) : Inclusion<T>;

    /// <summary>A majority has it in no block.</summary>
    /// <param name="Seen">What one of them shows of it in its pool, if any.</param>
    /// <param name="With">The providers that have it in none.</param>
    /// <param name="Claims">Those that say it is in one.</param>
    public sealed record NotMined(T? Seen, IReadOnlyList<string> With, IReadOnlyList<InclusionClaim> Claims) : Inclusion<T>;

    /// <summary>Neither.</summary>
    /// <param name="Reason">Who said what, for people.</param>
    /// <param name="Claims">Those that say it is in a block.</param>
    public sealed record Missing(string Reason, IReadOnlyList<InclusionClaim> Claims) : Inclusion<T>;
}
