using Azure.Data.Tables;
using Custody.Core.Withdrawals;

namespace Custody.Storage.Withdrawals;

/// <summary>A document of a withdrawal's file as a row.</summary>
internal static class DocumentRow
{
    public const string Prefix = "doc-";

    public static TableEntity From(string withdrawalId, CaseDocument document) => new(withdrawalId, Prefix + document.Name)
    {
        ["Content"] = document.Content.ToArray(),
        ["Signature"] = document.Signature,
    };

    public static CaseDocument Read(TableEntity row)
    {
        try
        {
            return new CaseDocument(row.RowKey[Prefix.Length..], row.GetBinary("Content") ?? [], row.GetString("Signature"));
        }
        catch (InvalidOperationException damaged)
        {
            // A column of another type: the same as a document of other bytes, which no signature covers.
            throw new InvalidDataException($"The stored document {row.RowKey} of {row.PartitionKey} is damaged.", damaged);
        }
    }
}
