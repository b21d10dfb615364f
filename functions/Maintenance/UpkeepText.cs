using System.Text.Json;
using Custody.Core.Maintenance;

namespace Custody.Functions.Maintenance;

/// <summary>The wire form of an order's status.</summary>
public static class UpkeepText
{
    /// <summary>camelCase.</summary>
    public static string Of(UpkeepStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    /// <summary>The stage's name in audit chains and measures: camelCase.</summary>
    public static string Of(MaintenanceKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>What is ordered, for a person.</summary>
    public static string Of(UpkeepOrder order) => order.Funding is { } funding
        ? $"{order.VaultId} sends {funding.Amount} to {funding.VaultId}, {funding.Reference}"
        : $"{order.VaultId}, nonce {order.Nonce}";
}
