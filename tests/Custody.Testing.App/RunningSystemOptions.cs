using Custody.Cli.Initialisation.Plan;

namespace Custody.Testing.App;

/// <summary>What a running system is to be like.</summary>
public sealed record RunningSystemOptions
{
    /// <summary>Changes the local plan before init.</summary>
    public Func<InitialisationPlan, InitialisationPlan> Plan { get; init; } = plan => plan;

    /// <summary>Settings on top of init's.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether pipeline, signer and sender are processes of their own.</summary>
    public bool Split { get; init; }

    /// <summary>How often the sweeper runs.</summary>
    public string SweepSchedule { get; init; } = "*/3 * * * * *";

    /// <summary>Is given every line of Azurite's access log; null keeps Azurite silent.</summary>
    public Action<string>? StorageLine { get; init; }

    /// <summary>Is given every line that the node prints, its calls among them; null keeps it silent.</summary>
    public Action<string>? NodeLine { get; init; }

    /// <summary>Is given every line that the app prints.</summary>
    public Action<string>? AppLine { get; init; }
}
