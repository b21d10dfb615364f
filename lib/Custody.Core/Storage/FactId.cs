using System.Globalization;

namespace Custody.Core.Storage;

/// <summary>The ids of facts.</summary>
public static class FactId
{
    /// <summary>A governance version.</summary>
    public static string Governance(int version) => version.ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>A customer of a client; the colon is in no identifier, so two pairs never share an id.</summary>
    public static string Customer(string clientId, string customerId) => $"{clientId}:{customerId}";

    /// <summary>An operator's half of the thaw of a freeze; they are numbered from 1, since who let one expire signs again.</summary>
    public static string ThawHalf(long freezeSequence, string operatorId, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{freezeSequence:D8}:{operatorId}:{number:D4}");
}
