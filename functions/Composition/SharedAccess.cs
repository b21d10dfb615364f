namespace Custody.Functions.Composition;

/// <summary>Reads what a storage connection string permits.</summary>
public static class SharedAccess
{
    /// <summary>Whether it holds no account key, and a shared access signature whose permissions (<c>sp</c>) are to read and to list, and no other.</summary>
    public static bool OnlyReads(string connection)
    {
        var parts = connection.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => p.Split('=', 2))
            .Where(p => p.Length == 2)
            .ToLookup(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        return !parts.Contains("AccountKey")
            && parts["SharedAccessSignature"].ToList() is [var signature]
            && signature.TrimStart('?').Split('&').Where(f => f.StartsWith("sp=", StringComparison.OrdinalIgnoreCase)).ToList() is [var permissions]
            && permissions.Length > 3 && permissions[3..].All(p => p is 'r' or 'l');
    }
}
