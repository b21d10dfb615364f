namespace Custody.Core.Alerts;

/// <summary>An alert as it was raised.</summary>
/// <param name="Code">Which.</param>
/// <param name="Subject">About what: a withdrawal, a vault, a journal.</param>
/// <param name="Detail">One sentence.</param>
/// <param name="DedupeKey">The same key raises once.</param>
/// <param name="RaisedAt">When.</param>
public sealed record Alert(AlertCode Code, string Subject, string Detail, string DedupeKey, DateTimeOffset RaisedAt)
{
    /// <summary>An alert that is raised once per code, subject and <paramref name="occasion"/>.</summary>
    public static Alert About(AlertCode code, string subject, string detail, DateTimeOffset at, string occasion = "") =>
        new(code, subject, detail, Encoding.DomainDigest.Hex("custody/alert/v1", Encoding.CanonicalJson.Serialize(new[] { code.ToString(), subject, occasion }))[..32], at);
}
