using Custody.Core.Results;

namespace Custody.Core.Signatures;

/// <summary>The refusal that a JWS which does not count leads to.</summary>
public static class SignatureRefusal
{
    /// <summary>Maps the reason to its code.</summary>
    public static Verdict Of(JwsVerification.Invalid invalid) => Verdict.Refused(
        invalid.Reason switch
        {
            JwsRefusal.UnknownKey => RefusalCode.SignatureKeyUnknown,
            JwsRefusal.BadSignature => RefusalCode.SignatureInvalid,
            JwsRefusal.BadIssueTime => RefusalCode.SignatureExpired,
            JwsRefusal.KeyNotValid => RefusalCode.KeyNotValid,
            _ => RefusalCode.SignatureMalformed,
        },
        invalid.Detail);
}
