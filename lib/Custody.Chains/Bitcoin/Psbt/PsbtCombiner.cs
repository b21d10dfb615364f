namespace Custody.Chains.Bitcoin;

/// <summary>Joins what several signers added to one PSBT (BIP-174, Combiner). Two values under one key are refused rather than chosen between.</summary>
public static class PsbtCombiner
{
    /// <summary>The PSBT with every field of both, sorted by key; null when they are not of one transaction or contradict each other.</summary>
    public static Psbt? Combine(Psbt first, Psbt second)
    {
        if (first.Version != second.Version || IdentityOf(first) is not { } id || IdentityOf(second) != id)
        {
            return null;
        }

        var global = Combine(first.Global, second.Global);
        var inputs = first.Inputs.Zip(second.Inputs, Combine).ToList();
        var outputs = first.Outputs.Zip(second.Outputs, Combine).ToList();
        return global is null || inputs.Contains(null) || outputs.Contains(null) ? null : new Psbt(first.Version, global, inputs!, outputs!);
    }

    // BIP-370, Unique Identification: updaters may change sequences, so they are no part of it in version 2.
    private static TransactionId? IdentityOf(Psbt psbt) => psbt.Transaction() is not { } transaction ? null
        : psbt.Version == Psbt.Version0 ? transaction.Id
        : (transaction with { Inputs = [.. transaction.Inputs.Select(i => i with { Sequence = 0 })] }).Id;

    private static PsbtMap? Combine(PsbtMap first, PsbtMap second)
    {
        var fields = first.Fields.Concat(second.Fields)
            .GroupBy(f => Convert.ToHexStringLower(f.Key()), StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        return fields.TrueForAll(g => g.All(f => f.Value.Span.SequenceEqual(g.First().Value.Span))) ? new PsbtMap([.. fields.Select(g => g.First())]) : null;
    }
}
