using System.Security.Cryptography;

namespace Custody.Comparison.Tests.Bitcoin;

/// <summary>A transaction that funds the vault.</summary>
internal sealed record PreviousDraft(long[] Amounts, byte[] Script, int Number = 0, bool HasWitness = true)
{
    public byte[] Bytes => [.. Head, .. HasWitness ? new byte[] { 0, 1 } : [], .. Body, .. HasWitness ? new byte[] { 1, 2, 0xaa, 0xbb } : [], .. WireWriter.Four(0)];

    public byte[] Hash => SHA256.HashData(SHA256.HashData([.. Head, .. Body, .. WireWriter.Four(0)]));

    public string Id => Convert.ToHexStringLower([.. Hash.Reverse()]);

    private static byte[] Head => WireWriter.Four(1);

    private byte[] Body =>
    [
        .. WireWriter.List([[.. SHA256.HashData(BitConverter.GetBytes(Number)), .. WireWriter.Four(3), .. WireWriter.Text([]), .. WireWriter.Four(uint.MaxValue)]]),
        .. WireWriter.List(Amounts.Select(a => (byte[])[.. WireWriter.Eight(a), .. WireWriter.Text(Script)])),
    ];
}
