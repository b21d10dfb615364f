using System.Security.Cryptography;

namespace Custody.Core.Encoding;

/// <summary>
/// SHA-256 with a domain: the domain's ASCII name, a zero byte, the content. Two documents of different kinds can
/// therefore never share a digest, and a signature over one never counts for the other.
/// </summary>
public static class DomainDigest
{
    /// <summary>The 32-byte digest of <paramref name="content"/> in <paramref name="domain"/> (such as <c>custody/intent/v1</c>).</summary>
    public static byte[] Compute(string domain, ReadOnlySpan<byte> content)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(System.Text.Encoding.ASCII.GetBytes(domain));
        sha.AppendData([0]);
        sha.AppendData(content);
        return sha.GetHashAndReset();
    }

    /// <summary>The same as lower-case hex, 64 characters.</summary>
    public static string Hex(string domain, ReadOnlySpan<byte> content) => Convert.ToHexStringLower(Compute(domain, content));
}
