using System.Runtime.CompilerServices;
using Custody.Core.Journals;

namespace Custody.Storage.Journals;

/// <summary>Cuts a segment's bytes into lines. An append is all or nothing, so a line without an end was not written by us.</summary>
internal static class LineReader
{
    public const int LongestLine = 1024 * 1024;

    public static async IAsyncEnumerable<byte[]> LinesAsync(string journal, Stream content, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        using var line = new MemoryStream();
        int read;
        while ((read = await content.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            for (var start = 0; start < read;)
            {
                var end = buffer.AsSpan(start, read - start).IndexOf((byte)'\n');
                line.Write(buffer, start, end < 0 ? read - start : end);
                if (line.Length > LongestLine)
                {
                    throw new JournalBrokenException($"The journal '{journal}' has a line that is longer than any that is written.");
                }

                if (end < 0)
                {
                    break;
                }

                yield return line.ToArray();
                line.SetLength(0);
                start += end + 1;
            }
        }

        if (line.Length > 0)
        {
            throw new JournalBrokenException($"The journal '{journal}' ends in the middle of a line.");
        }
    }
}
