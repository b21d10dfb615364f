using System.Security.Cryptography;
using System.Text;

namespace Custody.Vaults.Pkcs11;

/// <summary>A PIN in memory: wiped when disposed, and never printed.</summary>
public sealed class Pkcs11Pin : IDisposable
{
    private readonly byte[] _utf8;

    private Pkcs11Pin(byte[] utf8) => _utf8 = utf8;

    internal byte[] Utf8 => _utf8;

    /// <summary>A PIN from characters; throws if it is blank.</summary>
    public static Pkcs11Pin FromText(ReadOnlySpan<char> text)
    {
        var trimmed = text.Trim();
        if (trimmed.IsEmpty)
        {
            throw new ArgumentException("A PIN is not blank.", nameof(text));
        }

        var utf8 = new byte[Encoding.UTF8.GetByteCount(trimmed)];
        Encoding.UTF8.GetBytes(trimmed, utf8);
        return new Pkcs11Pin(utf8);
    }

    /// <summary>Reads and trims the PIN in <paramref name="path"/>; null if the file cannot be read or is blank.</summary>
    public static Pkcs11Pin? TryReadFile(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        var characters = Encoding.UTF8.GetChars(bytes);
        try
        {
            return characters.AsSpan().Trim().IsEmpty ? null : FromText(characters);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            Array.Clear(characters);
        }
    }

    /// <inheritdoc />
    public void Dispose() => CryptographicOperations.ZeroMemory(_utf8);

    /// <summary>Says only that it is a PIN.</summary>
    public override string ToString() => "(PIN)";
}
