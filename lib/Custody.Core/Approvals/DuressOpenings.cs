using System.Text.Json;
using Custody.Core.Encoding;

namespace Custody.Core.Approvals;

/// <summary>
/// The openings that the gate holds, by commitment. A device that governance gave a new key or commitment has one for each: what
/// its earlier key signed is asked about as long as it counts.
/// </summary>
public sealed class DuressOpenings
{
    private readonly Dictionary<string, DuressOpening> _openings;

    /// <summary>Holds them. Throws <see cref="ArgumentException"/> when a commitment is opened twice, or an opening has no kind or no proper salt.</summary>
    public DuressOpenings(IEnumerable<DuressOpening> openings)
    {
        var all = openings.ToList();
        if (all.FirstOrDefault(o => o.Kind == DeviceKind.Unknown || o.Salt.Length != DuressOpening.SaltLength || !o.Salt.All(char.IsAsciiHexDigitLower)) is { } bad)
        {
            throw new ArgumentException($"The opening of '{bad.Device}' needs a kind and a salt of {DuressOpening.SaltLength} lower-case hex digits.", nameof(openings));
        }

        _openings = all.ToDictionary(o => o.Commitment(), StringComparer.Ordinal);
    }

    /// <summary>Reads the file's form, a JSON array. Throws <see cref="JsonException"/> or <see cref="ArgumentException"/> when it is not one.</summary>
    public static DuressOpenings Read(ReadOnlySpan<byte> json) => new(CanonicalJson.DeserializeLoose<IReadOnlyList<DuressOpening>>(json));

    /// <summary>What a device is for, by the opening of exactly this commitment; Unknown when nothing here opens it.</summary>
    public DeviceKind KindOf(string device, string commitment) =>
        _openings.TryGetValue(commitment, out var opening) && opening.Device == device ? opening.Kind : DeviceKind.Unknown;
}
