using System.Numerics;
using Custody.Core.Intents;
using Custody.Core.Results;

namespace Custody.Core.Policy;

/// <summary>What policy says of a request: the rule and fee envelope only when the verdict allows.</summary>
/// <param name="Verdict">Whether it may go on.</param>
/// <param name="Rule">The first rule that matched.</param>
/// <param name="Fee">The fee envelope under it.</param>
/// <param name="Value">What the amount is worth in the reference currency's smallest unit; null when no price says.</param>
public readonly record struct PolicyDecision(Verdict Verdict, PolicyRule? Rule, FeeEnvelope? Fee, BigInteger? Value = null);
