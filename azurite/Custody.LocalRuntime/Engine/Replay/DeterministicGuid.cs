using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Custody.LocalRuntime.Engine.Replay;

/// <summary>RFC 4122 version 5 ids in the official provider's namespace, so that both hosts give the same ones.</summary>
internal static class DeterministicGuid
{
    private static readonly Guid Namespace = new("9e952958-5e33-4daf-827f-2fa12937b875");

    [SuppressMessage("Security", "CA5350", Justification = "RFC 4122 version 5 is SHA-1; nothing relies on it.")]
    public static Guid Create(string instanceId, DateTime utc, int counter)
    {
        var name = FormattableString.Invariant($"{instanceId}_{utc:o}_{counter}");
        Span<byte> hash = stackalloc byte[20];
        SHA1.HashData([.. Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)], hash);
        var id = hash[..16];
        id[6] = (byte)((id[6] & 0x0F) | 0x50);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
