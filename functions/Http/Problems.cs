using Custody.Core.Results;
using Microsoft.AspNetCore.Http;

namespace Custody.Functions.Http;

/// <summary>Refusals over HTTP as problem details (RFC 9457) with a stable <c>code</c>.</summary>
public static class Problems
{
    /// <summary>The problem for a verdict that refuses.</summary>
    public static IResult Of(Verdict verdict, string? field = null) => Of(verdict.Code, verdict.Detail, field);

    /// <summary>The problem for a document that was posted and is refused for what it says.</summary>
    public static IResult OfPosted(Verdict verdict) => Of(
        verdict.Code,
        verdict.Detail,
        status: Status(verdict.Code) == StatusCodes.Status503ServiceUnavailable ? StatusCodes.Status422UnprocessableEntity : Status(verdict.Code));

    /// <summary>The problem for a refusal.</summary>
    public static IResult Of(RefusalCode code, string detail, string? field = null) => Of(code, detail, Status(code), field);

    private static IResult Of(RefusalCode code, string detail, int status, string? field = null)
    {
        return Results.Json(
            new Problem($"urn:custody:refusal:{code.Text()}", Title(status), status, detail, code.Text(), string.IsNullOrEmpty(field) ? null : field),
            Replies.Json, "application/problem+json", status);
    }

    /// <summary>The HTTP status that a refusal has.</summary>
    public static int Status(RefusalCode code) => code switch
    {
        RefusalCode.CallTokenInvalid or RefusalCode.CallTokenExpired or RefusalCode.CallTokenAudience or RefusalCode.CallTokenReplayed
            or RefusalCode.SignatureMissing or RefusalCode.SignatureMalformed or RefusalCode.SignatureKeyUnknown or RefusalCode.SignatureInvalid
            or RefusalCode.SignatureExpired or RefusalCode.KeyNotValid or RefusalCode.StatementExpired or RefusalCode.DeviceUnknown
            or RefusalCode.DeviceSuspended => StatusCodes.Status401Unauthorized,
        RefusalCode.CallerNotAllowed or RefusalCode.SelfApproval or RefusalCode.KeyScopeMissing or RefusalCode.CallerAddress
            or RefusalCode.TrainingExpired or RefusalCode.DeviceEvidenceExpired or RefusalCode.ClientSuspended or RefusalCode.RoleNotAllowed => StatusCodes.Status403Forbidden,
        RefusalCode.WebAuthnTypeWrong or RefusalCode.WebAuthnChallengeMismatch or RefusalCode.WebAuthnOriginForbidden or RefusalCode.WebAuthnCrossOrigin
            or RefusalCode.WebAuthnRelyingPartyMismatch or RefusalCode.WebAuthnUserAbsent or RefusalCode.WebAuthnUserUnverified
            or RefusalCode.WebAuthnBackupEligible or RefusalCode.WebAuthnCounterBack => StatusCodes.Status401Unauthorized,
        RefusalCode.WebAuthnMalformed => StatusCodes.Status400BadRequest,
        RefusalCode.NotFound => StatusCodes.Status404NotFound,
        RefusalCode.BodyMalformed => StatusCodes.Status400BadRequest,
        RefusalCode.FieldInvalid or RefusalCode.AmountZero or RefusalCode.AssetUnknown or RefusalCode.AddressInvalid or RefusalCode.AddressChecksumWrong
            or RefusalCode.AddressWrongNetwork or RefusalCode.DestinationForbidden or RefusalCode.WhitelistOtherChain => StatusCodes.Status422UnprocessableEntity,
        RefusalCode.GovernanceInvalid or RefusalCode.GovernanceUnsigned or RefusalCode.TrustRootMismatch or RefusalCode.JournalBroken
            or RefusalCode.NodeUnavailable or RefusalCode.VaultUnavailable or RefusalCode.RoleUnavailable or RefusalCode.HostClockBehind => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status409Conflict,
    };

    private static string Title(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The body is malformed.",
        StatusCodes.Status401Unauthorized => "The caller or the signature was not accepted.",
        StatusCodes.Status403Forbidden => "The caller may not do this.",
        StatusCodes.Status404NotFound => "There is no such thing.",
        StatusCodes.Status422UnprocessableEntity => "A field is not acceptable.",
        StatusCodes.Status503ServiceUnavailable => "The service cannot decide this now.",
        _ => "The state does not permit this.",
    };

    private sealed record Problem(string Type, string Title, int Status, string Detail, string Code, string? Field);
}
