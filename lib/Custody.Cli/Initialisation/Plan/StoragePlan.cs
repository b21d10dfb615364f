namespace Custody.Cli.Initialisation.Plan;

/// <summary>The storage accounts, as connection strings.</summary>
/// <param name="Pipeline">The pipeline's.</param>
/// <param name="Journals">The journals', which only the signer role may write.</param>
public sealed record StoragePlan(string Pipeline, string Journals)
{
    // A record's own text would print the account keys.
    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append("two connection strings");
        return true;
    }
}
