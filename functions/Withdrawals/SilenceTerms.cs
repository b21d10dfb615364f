namespace Custody.Functions.Withdrawals;

/// <summary>
/// For how long a device or a node may be silent before what waits for it is held for two operators. Nothing about the withdrawal is decided
/// meanwhile and everything is asked by id again, so that an outage which ends by itself costs nobody a signature; alerts come at once.
/// </summary>
/// <param name="Silence">The time; from a minute to half an hour.</param>
public sealed record SilenceTerms(TimeSpan Silence)
{
    /// <summary>Where the settings say nothing.</summary>
    public const int DefaultMinutes = 15;

    /// <summary>The most that settings may say. A new history, which begins after 200 steps of ten seconds or more, counts anew.</summary>
    public const int MostMinutes = 30;

    /// <summary>In seconds, as a stage's answer says it.</summary>
    public int Seconds => (int)Silence.TotalSeconds;
}
