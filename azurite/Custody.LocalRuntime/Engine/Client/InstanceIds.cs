using System.Text.RegularExpressions;

namespace Custody.LocalRuntime.Engine.Client;

/// <summary>The instance ids that both hosts take: they are table keys, blob folders and parts of URLs.</summary>
internal static partial class InstanceIds
{
    public static string Check(string instanceId) => Valid().IsMatch(instanceId)
        ? instanceId
        : throw new ArgumentException(
            $"'{instanceId}' is no instance id: 1 to 100 letters, digits, '-' and '_'.", nameof(instanceId));

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,100}\z")]
    private static partial Regex Valid();
}
