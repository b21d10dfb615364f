using System.Globalization;
using Azure.Data.Tables;
using Custody.Core.Assets;
using Custody.Core.Encoding;
using Custody.Core.Results;
using Custody.Core.Withdrawals;

namespace Custody.Storage.Withdrawals;

/// <summary>A withdrawal's state as a row. Amounts and 64-bit unsigned numbers are text.</summary>
internal static class StateRow
{
    public const string Key = "state";

    public static TableEntity From(WithdrawalState state) => new(state.Id, Key)
    {
        ["ClientId"] = state.ClientId,
        ["CustomerId"] = state.CustomerId,
        ["RequestId"] = state.RequestId,
        ["RequestDigest"] = state.RequestDigest,
        ["Asset"] = state.Asset.ToString(),
        ["Amount"] = BaseUnitsJsonConverter.Format(state.Amount),
        ["WhitelistEntryId"] = state.WhitelistEntryId,
        ["Status"] = state.Status.ToString(),
        ["CreatedAt"] = state.CreatedAt,
        ["UpdatedAt"] = state.UpdatedAt,
        ["TraceParent"] = state.TraceParent,
        ["Attempt"] = state.Attempt,
        ["Reason"] = state.Reason.Text(),
        ["ReasonDetail"] = state.ReasonDetail,
        ["HeldAt"] = state.HeldAt.ToString(),
        ["Hold"] = state.Hold,
        ["IntentDigest"] = state.IntentDigest,
        ["VaultId"] = state.VaultId,
        ["Destination"] = state.Destination,
        ["ApprovalDeadline"] = state.ApprovalDeadline,
        ["Nonce"] = state.Nonce?.ToString(CultureInfo.InvariantCulture),
        ["SignatureExists"] = state.SignatureExists,
        ["TransactionId"] = state.TransactionId,
        ["BlockNumber"] = state.BlockNumber?.ToString(CultureInfo.InvariantCulture),
        ["BlockHash"] = state.BlockHash,
        ["AuditSequence"] = state.AuditSequence,
        ["AuditHead"] = state.AuditHead,
    };

    /// <summary>Reads a row; one that is not a state throws <see cref="InvalidDataException"/>.</summary>
    public static WithdrawalState Read(TableEntity row)
    {
        try
        {
            return new WithdrawalState(
                row.PartitionKey,
                Text(row, "ClientId"),
                Text(row, "CustomerId"),
                Text(row, "RequestId"),
                Text(row, "RequestDigest"),
                AssetId.Parse(Text(row, "Asset")),
                BaseUnitsJsonConverter.TryParse(Text(row, "Amount"), out var amount) ? amount : throw new FormatException("Amount"),
                Text(row, "WhitelistEntryId"),
                Status(row, "Status"),
                Instant(row, "CreatedAt") ?? throw new FormatException("CreatedAt"),
                Instant(row, "UpdatedAt") ?? throw new FormatException("UpdatedAt"),
                row.GetString("TraceParent"))
            {
                Attempt = row.GetInt32("Attempt") ?? throw new FormatException("Attempt"),
                Reason = RefusalCodes.Find(Text(row, "Reason")) ?? throw new FormatException("Reason"),
                ReasonDetail = row.GetString("ReasonDetail"),
                HeldAt = Status(row, "HeldAt"),
                Hold = row.GetInt32("Hold") ?? throw new FormatException("Hold"),
                IntentDigest = row.GetString("IntentDigest"),
                VaultId = row.GetString("VaultId"),
                Destination = row.GetString("Destination"),
                ApprovalDeadline = Instant(row, "ApprovalDeadline"),
                Nonce = Number(row, "Nonce"),
                SignatureExists = row.GetBoolean("SignatureExists") ?? throw new FormatException("SignatureExists"),
                TransactionId = row.GetString("TransactionId"),
                BlockNumber = Number(row, "BlockNumber"),
                BlockHash = row.GetString("BlockHash"),
                AuditSequence = row.GetInt64("AuditSequence") ?? throw new FormatException("AuditSequence"),
                AuditHead = Text(row, "AuditHead"),
            };
        }
        catch (Exception damaged) when (damaged is FormatException or InvalidOperationException or InvalidCastException or OverflowException)
        {
            throw new InvalidDataException($"The stored state of {row.PartitionKey} is damaged: {damaged.Message}", damaged);
        }
    }

    private static string Text(TableEntity row, string name) => row.GetString(name) ?? throw new FormatException(name);

    private static DateTimeOffset? Instant(TableEntity row, string name) => row.GetDateTimeOffset(name);

    private static ulong? Number(TableEntity row, string name) => row.GetString(name) is { } text
        ? ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : null;

    // Enum.TryParse takes numbers and lists too; a status has one text.
    private static WithdrawalStatus Status(TableEntity row, string name) =>
        Enum.TryParse<WithdrawalStatus>(row.GetString(name), out var status) && status.ToString() == row.GetString(name) && Enum.IsDefined(status)
            ? status
            : throw new FormatException(name);
}
