using System.Text.Json;
using Custody.Core.Encoding;

namespace Custody.Core.Approvals;

/// <summary>The openings that the gate holds, by device.</summary>
public sealed class DuressOpenings
{
    private readonly Dictionary<string, DuressOpening> _openings;

    /// <summary>Holds them. Throws <see cref="ArgumentException"/> when a device is opened twice, or an opening has no kind or no proper salt.</summary>
    public DuressOpenings(IEnumerable<DuressOpening> openings)
    {
        _openings = openings.ToDictionary(o => o.Device, StringComparer.Ordinal);
        if (_openings.Values.FirstOrDefault(o => o.Kind == DeviceKind.Unknown || o.Salt.Length != DuressOpening.SaltLength || !o.Salt.All(char.IsAsciiHexDigitLower)) is { } bad)
        {
            throw new ArgumentException($"The opening of '{bad.Device}' needs a kind and a salt of {DuressOpening.SaltLength} lower-case hex digits.", nameof(openings));
        }
    }

    /// <summary>Reads the file's form, a JSON array. Throws <see cref="JsonException"/> or <see cref="ArgumentException"/> when it is not one.</summary>
    public static DuressOpenings Read(ReadOnlySpan<byte> json) => new(CanonicalJson.DeserializeLoose<IReadOnlyList<DuressOpening>>(json));

    /// <summary>What a device is for, by the opening of exactly this commitment; Unknown when nothing here opens it.</summary>
    public DeviceKind KindOf(string device, string commitment) =>
        _openings.TryGetValue(device, out var opening) && opening.Device == device && opening.Commitment() == commitment ? opening.Kind : DeviceKind.Unknown;
}
