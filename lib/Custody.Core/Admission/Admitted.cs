using System.Numerics;
using Custody.Core.Customers;
using Custody.Core.Intents;
using Custody.Core.Policy;
using Custody.Core.Whitelisting;

namespace Custody.Core.Admission;

/// <summary>What a request that passed validate, whitelist and policy rests on.</summary>
/// <param name="Request">The request.</param>
/// <param name="RequestDigest">SHA-256 of its exact bytes, hex.</param>
/// <param name="InitiatorKeyId">The client key that signed it.</param>
/// <param name="Customer">The customer.</param>
/// <param name="Entry">The whitelist entry.</param>
/// <param name="Rule">The rule that matched.</param>
/// <param name="Fee">The fee envelope.</param>
/// <param name="Value">What the amount is worth in the reference currency's smallest unit; null when no price says.</param>
public sealed record Admitted(
    WithdrawalRequest Request,
    string RequestDigest,
    string InitiatorKeyId,
    CustomerRecord Customer,
    WhitelistEntry Entry,
    PolicyRule Rule,
    FeeEnvelope Fee,
    BigInteger? Value = null);
