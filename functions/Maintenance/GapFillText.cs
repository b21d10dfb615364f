using System.Text.Json;
using Custody.Core.Maintenance;

namespace Custody.Functions.Maintenance;

/// <summary>The wire form of a fill's status.</summary>
public static class GapFillText
{
    /// <summary>camelCase.</summary>
    public static string Of(GapFillStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
