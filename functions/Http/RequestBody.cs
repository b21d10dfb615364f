using Microsoft.AspNetCore.Http;

namespace Custody.Functions.Http;

/// <summary>Reads a request's exact bytes, which are what was signed.</summary>
public static class RequestBody
{
    /// <summary>The largest body that is read where nothing else is said, bytes.</summary>
    public const int MaxLength = 32 * 1024;

    /// <summary>The body; null when it is longer than <paramref name="maxLength"/>.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellation, int maxLength = MaxLength)
    {
        if (request.ContentLength > maxLength)
        {
            return null;
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellation)) > 0)
        {
            if (buffer.Length + read > maxLength)
            {
                return null;
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    /// <summary>The body as a compact JWS; null when it is too long or not ASCII.</summary>
    public static async Task<string?> ReadCompactAsync(HttpRequest request, CancellationToken cancellation, int maxLength = MaxLength) =>
        await ReadAsync(request, cancellation, maxLength) is { Length: > 0 } body && System.Text.Ascii.IsValid(body)
            ? System.Text.Encoding.ASCII.GetString(body).Trim()
            : null;
}
