using System.Text.RegularExpressions;

namespace Custody.LocalRuntime.Engine.Storage;

/// <summary>The names that the official provider gives a hub's tables and containers.</summary>
internal sealed partial class HubNames
{
    public HubNames(string hub)
    {
        if (!ValidHub().IsMatch(hub))
        {
            throw new ArgumentException($"'{hub}' is no task hub name: 3 to 45 letters and digits, a letter first.", nameof(hub));
        }

        Hub = hub;
    }

    public string Hub { get; }

    public string Instances => $"{Hub}Instances";

    public string History => $"{Hub}History";

    // Container names are lower case whatever the hub's name is.
    public string LargeMessages => $"{Lower}-largemessages";

    public string LeaseContainer => $"{Lower}-applease";

    public string LeaseBlob => $"{Lower}-appleaseinfo";

    private string Lower => Hub.ToLowerInvariant();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,44}$")]
    private static partial Regex ValidHub();
}
