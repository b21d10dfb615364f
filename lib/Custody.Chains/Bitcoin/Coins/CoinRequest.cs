using System.Numerics;
using Custody.Core.Intents;

namespace Custody.Chains.Bitcoin;

/// <summary>What coins are looked for.</summary>
/// <param name="Payments">The outputs to the recipients; change is not among them.</param>
/// <param name="Rate">The fee rate that the transaction is to pay.</param>
/// <param name="Envelopes">The approved envelope of each withdrawal that it pays.</param>
/// <param name="MaxInputs">The most inputs.</param>
/// <param name="ChangeFloor">The least change that is worth having, base units; never less than <see cref="DustLimit.Change"/>.</param>
/// <param name="SpendsUnconfirmed">Whether policy allows our own unconfirmed change.</param>
public sealed record CoinRequest(
    IReadOnlyList<TransactionOutput> Payments, FeeRate Rate, IReadOnlyCollection<FeeEnvelope> Envelopes, int MaxInputs, BigInteger ChangeFloor,
    bool SpendsUnconfirmed = false);
