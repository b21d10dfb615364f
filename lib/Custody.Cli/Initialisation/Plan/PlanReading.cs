namespace Custody.Cli.Initialisation.Plan;

/// <summary>The outcome of reading a plan.</summary>
public abstract record PlanReading
{
    private PlanReading()
    {
    }

    /// <summary>It is well-formed.</summary>
    public sealed record Read(InitialisationPlan Plan) : PlanReading;

    /// <summary>It is not; the sentence names the member.</summary>
    public sealed record Malformed(string Sentence) : PlanReading;
}
