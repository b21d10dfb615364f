using System.Text.Json;
using Custody.Core.Encoding;
using Custody.Core.Signatures;

namespace Custody.Core.Restoring;

/// <summary>
/// A statement with all that is needed to verify it from the trust root, as a file. The restored store may hold an older governance
/// than was in force: the versions come along, and are stored where they are missing.
/// </summary>
/// <param name="Statement">The statement's canonical bytes with the governors' detached signatures.</param>
/// <param name="Governance">Every governance version up to the named one, oldest first.</param>
public sealed record RestoreBundle(SignedDocument Statement, IReadOnlyList<SignedDocument> Governance)
{
    /// <summary>The file's form.</summary>
    public byte[] ToBytes() => CanonicalJson.Serialize(this);

    /// <summary>Reads a file; null when it is none.</summary>
    public static RestoreBundle? FromBytes(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return CanonicalJson.DeserializeLoose<RestoreBundle>(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
