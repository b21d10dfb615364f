using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Screening;
using Custody.Core.Signatures;

namespace Custody.Core.Admission;

/// <summary>Everything that decides whether a request may become an intent, as read from storage just now.</summary>
/// <param name="Body">The request's exact bytes.</param>
/// <param name="Signature">Its detached signature.</param>
/// <param name="Customer">The customer's stored record.</param>
/// <param name="Entry">The stored whitelist entry.</param>
/// <param name="Governed">Governance in force, verified.</param>
/// <param name="Stops">The stop journal to its head.</param>
/// <param name="Now">The host's clock.</param>
/// <param name="ChainTime">The time of the chain's newest final block; null when it is not known.</param>
/// <param name="Signings">Every vault's signing journal to its head; absent: nobody knows what was signed for the destination.</param>
/// <param name="Prices">The newest stored prices of the asset, newest first; absent: none.</param>
/// <param name="At">When the intent was made; absent: it is made now.</param>
/// <param name="Screening">What screening rests on; absent, nothing passes.</param>
/// <param name="IsSigned">True only where the payment is signed already: then the request's expiry has nothing left to stop.</param>
public sealed record AdmissionFacts(
    ReadOnlyMemory<byte> Body,
    string? Signature,
    SignedDocument? Customer,
    SignedDocument? Entry,
    Governed Governed,
    StopView Stops,
    DateTimeOffset Now,
    DateTimeOffset? ChainTime,
    IReadOnlyCollection<SigningView>? Signings = null,
    IReadOnlyList<SignedDocument>? Prices = null,
    DateTimeOffset? At = null,
    ScreeningFacts? Screening = null,
    bool IsSigned = false)
{
    /// <summary>Both clocks.</summary>
    public Clocks Clocks => new(Now, ChainTime);
}
