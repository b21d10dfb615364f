namespace Custody.Cli.Initialisation;

/// <summary>What setting a system up came to.</summary>
public abstract record InitialisationResult
{
    private InitialisationResult()
    {
    }

    /// <summary>It stands.</summary>
    public sealed record Done(InitialisedSystem System) : InitialisationResult;

    /// <summary>It was refused, and nothing was made; <paramref name="IsTaken"/> when the home or the store is not empty.</summary>
    public sealed record Refused(InitialisationStage Stage, string Detail, bool IsTaken = false) : InitialisationResult;

    /// <summary>It broke off, and something was made; <paramref name="Remedy"/> says what to remove before trying again.</summary>
    public sealed record BrokenOff(InitialisationStage Stage, string Detail, string Remedy) : InitialisationResult;
}
