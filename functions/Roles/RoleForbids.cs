namespace Custody.Functions.Roles;

/// <summary>The settings that a role must not be given, each with why: a secret that a process does not hold cannot be taken from it.</summary>
public static class RoleForbids
{
    private const string Vaults = "vault devices and their PINs are the signer's";
    private const string Comparison = "the comparison key is the sender's";
    private const string Openings = "who signs under duress is the signer's to know";
    private const string Screening = "the screening provider is asked by the pipeline";
    private const string Hub = "the task hub is the pipeline's";
    private const string Alerts = "the pipeline's account holds the alerts";
    private const string Restore = "a restored store is accepted by one process that holds all roles";
    private const string Door = "nobody calls the pipeline for its role";

    /// <summary>Names of settings, or of their sections, by role.</summary>
    public static IReadOnlyList<(string Name, string Why)> Of(CustodyRole role) => role switch
    {
        CustodyRole.Pipeline =>
        [
            ("Custody:Vaults", Vaults), ("Custody:Comparison", Comparison), ("Custody:Duress:OpeningsFile", Openings), ("Custody:Storage:Alerts", Alerts), ("Custody:Roles:Listen", Door),
            ("Custody:Restore", Restore),
        ],
        CustodyRole.Signer =>
        [
            ("Custody:Comparison", Comparison), ("Custody:Screening", Screening), ("AzureWebJobsStorage", Hub),
            ("Custody:Roles:Signer", "it is the signer"), ("Custody:Roles:Sender", "the signer calls nobody"), ("Custody:Restore", Restore),
        ],
        CustodyRole.Sender =>
        [
            ("Custody:Vaults", Vaults), ("Custody:Duress:OpeningsFile", Openings), ("Custody:Screening", Screening), ("AzureWebJobsStorage", Hub),
            ("Custody:Roles:Sender", "it is the sender"), ("Custody:Restore", Restore),
        ],
        _ => [("Custody:Roles", "one process holds all roles when Custody__Role is absent"), ("Custody:Storage:Alerts", Alerts)],
    };
}
