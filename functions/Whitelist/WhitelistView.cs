using System.Text.Json;
using Custody.Core.Results;
using Custody.Core.Whitelisting;

namespace Custody.Functions.Whitelist;

/// <summary>A whitelist entry as the API shows it.</summary>
public sealed record WhitelistView(
    string Id,
    string Status,
    string ClientId,
    string CustomerId,
    string Chain,
    string Address,
    string Label,
    string Digest,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? UsableFrom,
    string? Reason,
    string? ReasonDetail,
    int? Approvals = null,
    int? Needed = null,
    long? SuspensionSequence = null)
{
    /// <summary>The view of a state.</summary>
    public static WhitelistView Of(WhitelistState state) => new(
        state.EntryId,
        Text(state.Status),
        state.ClientId,
        state.CustomerId,
        state.Chain.ToString(),
        state.Address,
        state.Label,
        state.Digest,
        state.CreatedAt,
        state.UpdatedAt,
        state.UsableFrom,
        state.Reason == RefusalCode.Unspecified ? null : state.Reason.Text(),
        state.ReasonDetail);

    /// <summary>A status as the API writes it: camelCase.</summary>
    public static string Text(WhitelistStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
