using Custody.Core.Encoding;

namespace Custody.Core.Journals;

/// <summary>The hash of a journal's line.</summary>
public static class JournalLine
{
    /// <summary>The domain.</summary>
    public const string Domain = "custody/journal/v1";

    /// <summary>The hash of a line's canonical bytes, hex.</summary>
    public static string Hash(ReadOnlySpan<byte> line) => DomainDigest.Hex(Domain, line);
}
