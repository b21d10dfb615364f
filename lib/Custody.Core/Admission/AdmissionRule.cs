using System.Security.Cryptography;
using Custody.Core.Customers;
using Custody.Core.Intents;
using Custody.Core.Policy;
using Custody.Core.Prices;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Whitelisting;

namespace Custody.Core.Admission;

/// <summary>
/// validate → whitelist → screen → policy as one pure function. The pipeline asks it once to make an intent; the gate asks it again at
/// the moment of signing, so nothing that was true only then can be signed now.
/// </summary>
public static class AdmissionRule
{
    /// <summary>Evaluates the stages in order; the first refusal answers.</summary>
    public static AdmissionReading Evaluate(AdmissionFacts facts) => Evaluate(facts, isScreened: true);

    /// <summary>
    /// The same without screening, for reading on an approver's device, which holds no sanctions list: the gate screens at the
    /// moment of signing. Nothing that moves money may ask this.
    /// </summary>
    public static AdmissionReading EvaluateUnscreened(AdmissionFacts facts) => Evaluate(facts, isScreened: false);

    private static AdmissionReading Evaluate(AdmissionFacts facts, bool isScreened)
    {
        if (RequestReader.Read(facts.Body.Span) is not RequestReading.Read { Request: var request })
        {
            return Refused("validate", Verdict.Refused(RefusalCode.BodyMalformed, "The stored request is malformed."));
        }

        var signed = RequestSignature.Verify(facts.Body, facts.Signature, request.ClientId, facts.Governed, facts.Clocks, out var initiator);
        if (!signed.IsAllowed)
        {
            return Refused("validate", signed);
        }

        // What tightens counts by either clock.
        if (!facts.IsSigned && request.ExpiresAt <= facts.Clocks.Later)
        {
            return Refused("validate", Verdict.Refused(RefusalCode.RequestExpired, "The request has expired."));
        }

        var customer = CustomerRule.Verify(facts.Customer, request.ClientId, request.CustomerId, facts.Governed, facts.Clocks);
        if (!customer.Verdict.IsAllowed)
        {
            return Refused("validate", customer.Verdict);
        }

        var whitelist = WhitelistRule.Verify(facts.Entry, request, facts.Governed, facts.Stops, facts.Now, facts.ChainTime);
        if (!whitelist.Verdict.IsAllowed)
        {
            return Refused("whitelist", whitelist.Verdict);
        }

        var entry = whitelist.Entry!;
        var at = facts.At ?? facts.Now;
        var screening = isScreened ? Screen(facts, request, entry) : null;
        if (isScreened && screening is not { Verdict.IsAllowed: true })
        {
            return Refused("screen", screening?.Verdict ?? default) with { Screening = screening };
        }

        var policy = PolicyEvaluator.Evaluate(request, customer.Record!.Class, facts.Governed, new PolicyFacts(
            at,
            DestinationKinds.Of(entry.Chain, entry.Address, facts.Governed),
            DestinationHistory.Of(facts.Signings, new EntryUse(request.Asset, entry.EntryId, entry.Address, WithdrawalId.Derive(request.ClientId, request.RequestId), at)),
            PriceRule.Read(facts.Prices, request.Asset, facts.Governed, facts.Now, facts.ChainTime),
            PolicyNeeds.FeeCoin(facts.Governed, request.Asset) is { } coin ? PriceRule.Read(facts.Prices, coin, facts.Governed, facts.Now, facts.ChainTime) : default));
        return policy.Verdict.IsAllowed
            ? new AdmissionReading(
                Verdict.Allowed,
                "policy",
                new Admitted(request, DigestOf(facts.Body.Span), initiator, customer.Record, entry, policy.Rule!, policy.Fee!, policy.Value),
                screening)
            : Refused("policy", policy.Verdict);
    }

    /// <summary>The digest of a request: SHA-256 of its exact bytes, hex.</summary>
    public static string DigestOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));

    internal static ScreeningReading Screen(AdmissionFacts facts, WithdrawalRequest request, WhitelistEntry entry) => ScreeningRule.Check(
        facts.Screening,
        new ScreeningSubject(entry.Chain, entry.Address, request.ClientId, request.CustomerId),
        WithdrawalId.Derive(request.ClientId, request.RequestId),
        facts.Governed,
        facts.Stops,
        facts.Now,
        facts.ChainTime);

    private static AdmissionReading Refused(string stage, Verdict verdict) => new(verdict, stage, null);
}
