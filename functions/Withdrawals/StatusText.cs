using System.Text.Json;
using Custody.Core.Withdrawals;

namespace Custody.Functions.Withdrawals;

/// <summary>Statuses as the API writes them: camelCase.</summary>
public static class StatusText
{
    /// <summary>The text of a status.</summary>
    public static string Of(WithdrawalStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
