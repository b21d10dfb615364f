namespace Custody.Cli.Outcomes;

/// <summary>The codes of problems that arise on this side; the API's and the rules' are refusal codes.</summary>
internal static class Codes
{
    public const string Usage = "usage";
    public const string Unreachable = "unreachable";
    public const string OutcomeUnknown = "outcome-unknown";
    public const string AnswerMalformed = "answer-malformed";
    public const string NotConfirmed = "not-confirmed";
    public const string SignerUnavailable = "signer-unavailable";
    public const string AuditBroken = "audit-broken";
    public const string ImportIncomplete = "import-incomplete";
    public const string NotEmpty = "not-empty";
    public const string KeyExists = "key-exists";
    public const string InitialisationFailed = "initialisation-failed";
}
