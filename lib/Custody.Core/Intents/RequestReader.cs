using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Results;

namespace Custody.Core.Intents;

/// <summary>Reads a request body strictly and checks each field by itself, without looking anything up.</summary>
public static class RequestReader
{
    /// <summary>The longest a request may live from issue to expiry.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(7);

    private static readonly IReadOnlyList<string> Required =
        [.. CanonicalJson.Options.GetTypeInfo(typeof(WithdrawalRequest)).Properties.Where(p => p.IsRequired).Select(p => p.Name)];

    /// <summary>Reads the exact bytes that were received.</summary>
    public static RequestReading Read(ReadOnlySpan<byte> body)
    {
        WithdrawalRequest request;
        try
        {
            request = CanonicalJson.DeserializeLoose<WithdrawalRequest>(body);
        }
        catch (JsonException problem)
        {
            var field = (problem.Path ?? "").TrimStart('$', '.') is { Length: > 0 } named ? named : MissingField(body);
            return new RequestReading.Invalid(
                field.Length == 0 ? RefusalCode.BodyMalformed : RefusalCode.FieldInvalid, field, Sentence(problem, field));
        }

        return Problem(request) is { } invalid ? invalid : new RequestReading.Read(request);
    }

    // The serializer tells of a missing member only in its message.
    private static string MissingField(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            return JsonDocument.TryParseValue(ref reader, out var json) && json.RootElement.ValueKind == JsonValueKind.Object
                ? Required.FirstOrDefault(name => !json.RootElement.TryGetProperty(name, out _)) ?? ""
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static RequestReading.Invalid? Problem(WithdrawalRequest request) =>
        !Identifier.IsValid(request.ClientId) ? BadIdentifier("clientId")
        : !Identifier.IsValid(request.CustomerId) ? BadIdentifier("customerId")
        : !Identifier.IsValid(request.RequestId) ? BadIdentifier("requestId")
        : !Identifier.IsValid(request.WhitelistEntryId) ? BadIdentifier("whitelistEntryId")
        : request.Amount.IsZero ? new(RefusalCode.AmountZero, "amount", "amount is zero; at least one base unit can be withdrawn.")
        : request.ExpiresAt <= request.IssuedAt ? Invalid("expiresAt", "expiresAt must be after issuedAt.")
        : request.ExpiresAt - request.IssuedAt > MaxLifetime ? Invalid("expiresAt", $"expiresAt is more than {MaxLifetime.TotalDays:0} days after issuedAt.")
        : null;

    private static RequestReading.Invalid BadIdentifier(string field) => Invalid(field, $"{field} must be {Identifier.Form}.");

    private static RequestReading.Invalid Invalid(string field, string detail) => new(RefusalCode.FieldInvalid, field, detail);

    private static string Sentence(JsonException problem, string field)
    {
        if (problem.Path is null or "$" && field.Length > 0)
        {
            return $"{field} is missing.";
        }

        var cut = problem.Message.IndexOf(" Path:", StringComparison.Ordinal);
        var message = cut < 0 ? problem.Message : problem.Message[..cut];
        return field.Length == 0 ? $"The body is not a withdrawal request: {message.TrimEnd('.')}." : $"{field} {message.TrimEnd('.')}.";
    }
}
