using Custody.Core.Encoding;

namespace Custody.Core.Approvals;

/// <summary>
/// What opens a device's commitment. Every device carries a commitment, so that nothing in governance tells a duress key from
/// any other; the openings are the gate's alone.
/// </summary>
/// <param name="Device">The device, see <see cref="DeviceSubject"/>.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Salt">32 random bytes, hex: without them the two kinds could be tried out.</param>
public sealed record DuressOpening(string Device, DeviceKind Kind, string Salt)
{
    /// <summary>The commitment's domain.</summary>
    public const string Domain = "custody/duress/v1";

    /// <summary>The length of a salt in hex digits.</summary>
    public const int SaltLength = 64;

    /// <summary>The commitment that this opens, hex.</summary>
    public string Commitment() => DomainDigest.Hex(Domain, CanonicalJson.Serialize(this));
}
