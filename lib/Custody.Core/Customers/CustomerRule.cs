using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;

namespace Custody.Core.Customers;

/// <summary>Rule: the customer has a record that its own client signed.</summary>
public static class CustomerRule
{
    /// <summary>Verifies the stored record of (<paramref name="clientId"/>, <paramref name="customerId"/>).</summary>
    public static CustomerReading Verify(SignedDocument? stored, string clientId, string customerId, Governed governed, Clocks now)
    {
        if (stored is null)
        {
            return Refused($"The customer '{customerId}' of '{clientId}' has no record.");
        }

        try
        {
            var payload = stored.PayloadBytes();
            var record = CanonicalJson.Deserialize<CustomerRecord>(payload);
            var signed = stored.Signatures.Any(s =>
                Jws.VerifyDetached(s, payload, DocumentType.Customer, governed.Keys(KeyRole.Client), now) is JwsVerification.Valid valid
                && governed.Holder(valid.Key.KeyId, KeyRole.Client)?.OwnerId == clientId
                && KeyScope.Check(valid.Key, KeyScope.Customer).IsAllowed);
            return record.Version != 1 || record.ClientId != clientId || record.CustomerId != customerId ? Refused("The record is another customer's.")
                : record.Class == CustomerClass.Unknown ? Refused("The record names no customer class.")
                : !signed && stored.Signatures.Any(IsLate) ? new CustomerReading(
                    // Time alone is no sign of tampering: the client signs the record again with a key that is valid.
                    Verdict.Refused(RefusalCode.KeyNotValid, $"The record is signed by a key of the client '{clientId}' whose time has not come or is over."), null)
                : !signed ? Refused($"The record is not signed by a key of the client '{clientId}'.")
                : new CustomerReading(Verdict.Allowed, record);

            bool IsLate(string signature) =>
                Jws.VerifyDetached(signature, payload, DocumentType.Customer, governed.Keys(KeyRole.Client), now) is JwsVerification.Invalid { Reason: JwsRefusal.KeyNotValid };
        }
        catch (JsonException problem)
        {
            return Refused($"The customer record is malformed: {problem.Message}");
        }
    }

    private static CustomerReading Refused(string detail) => new(Verdict.Refused(RefusalCode.CustomerUnknown, detail), null);
}
