using System.Buffers.Text;
using Azure.Data.Tables;

namespace Custody.Storage.Access;

/// <summary>
/// The table service's limits, checked before anything is sent: Azurite lets larger entities pass, so a test would not
/// see what fails in Azure.
/// </summary>
internal static class EntityLimits
{
    public const int MostActions = 100;
    private const int MostProperties = 252;
    private const int PropertyBytes = 64 * 1024;
    private const int KeyCharacters = 512;
    private const long EntityBytes = 1024 * 1024;
    private const long BatchBytes = 4 * 1024 * 1024;
    private const int OverheadOfAnAction = 1024;

    public static void Check(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count > MostActions)
        {
            throw new StorageLimitException($"A batch has at most {MostActions} operations; this one has {actions.Count}.");
        }

        var payload = 0L;
        foreach (var action in actions)
        {
            var entity = (TableEntity)action.Entity;
            Check(entity);
            payload += OverheadOfAnAction + entity.Sum(p => p.Key.Length + WireBytes(p.Value));
        }

        if (payload > BatchBytes)
        {
            throw new StorageLimitException($"A batch has at most {BatchBytes} bytes; this one has about {payload}.");
        }
    }

    public static void Check(TableEntity entity)
    {
        if (entity.PartitionKey.Length > KeyCharacters || entity.RowKey.Length > KeyCharacters)
        {
            throw new StorageLimitException($"A key has at most {KeyCharacters} characters: {entity.PartitionKey} / {entity.RowKey}.");
        }

        if (entity.Count > MostProperties)
        {
            throw new StorageLimitException($"A row has at most {MostProperties} columns; {entity.RowKey} has {entity.Count}.");
        }

        var total = 4L + (2 * (entity.PartitionKey.Length + entity.RowKey.Length));
        foreach (var (name, value) in entity)
        {
            var bytes = StoredBytes(value);
            if (bytes > PropertyBytes)
            {
                throw new StorageLimitException($"A column has at most {PropertyBytes} bytes; {name} of {entity.RowKey} has {bytes}.");
            }

            total += 8 + (2 * name.Length) + bytes;
        }

        if (total > EntityBytes)
        {
            throw new StorageLimitException($"A row has at most {EntityBytes} bytes; {entity.RowKey} has {total}.");
        }
    }

    private static long StoredBytes(object? value) => value switch
    {
        string text => 4 + (2L * text.Length),
        byte[] bytes => 4 + (long)bytes.Length,
        _ => 16,
    };

    // On the wire a character may become \uXXXX and bytes become base64.
    private static long WireBytes(object? value) => value switch
    {
        string text => text.Sum(c => char.IsAsciiLetterOrDigit(c) ? 1L : 6L),
        byte[] bytes => Base64.GetMaxEncodedToUtf8Length(bytes.Length),
        _ => 64,
    };
}
