namespace Custody.Scenarios.Crashes;

/// <summary>
/// A side effect of a payment, the k-th of an undisturbed one. In another run it is found again by what it is: how many writes an
/// orchestration's history takes differs from run to run, and with it the number of all that follows.
/// </summary>
/// <param name="Number">The k.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Occurrence">Which one of those that do the same, from 1.</param>
internal sealed record CrashPoint(int Number, string Effect, int Occurrence)
{
    // What each payment does so often, whoever else is on the way and however long it takes.
    private static readonly string[] Certain = ["Nonces", "Ledger", "journals/signing", "vault sign", "signed"];

    /// <summary>Whether every payment comes here.</summary>
    public bool IsCertain => Certain.Any(c => Effect.Contains(c, StringComparison.Ordinal)) || (Occurrence == 1 && Effect.StartsWith("eth_send", StringComparison.Ordinal));

    /// <inheritdoc />
    public override string ToString() => $"effect {Number}, {Effect} number {Occurrence}";
}
