using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Custody.Core.Encoding;

namespace Custody.Core.Assets;

/// <summary>A chain's identifier after CAIP-2, such as <c>eip155:1</c>. The default value names no chain.</summary>
[JsonConverter(typeof(ParsableJsonConverter<ChainId>))]
public readonly record struct ChainId : IParsable<ChainId>
{
    private ChainId(string ns, string reference) => (Namespace, Reference) = (ns, reference);

    /// <summary>The namespace: <c>eip155</c> for EVM chains, <c>bip122</c> for Bitcoin.</summary>
    public string Namespace { get; }

    /// <summary>The reference inside the namespace; for <c>eip155</c> the decimal chain id.</summary>
    public string Reference { get; }

    /// <summary>True for EVM chains.</summary>
    public bool IsEvm => Namespace == "eip155";

    /// <summary>The numeric EIP-155 chain id; throws for any other namespace.</summary>
    public ulong EvmChainId => IsEvm
        ? ulong.Parse(Reference, NumberStyles.None, CultureInfo.InvariantCulture)
        : throw new InvalidOperationException($"{this} is not an eip155 chain.");

    /// <summary>Parses the CAIP-2 form; throws <see cref="FormatException"/> when it is not one.</summary>
    public static ChainId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a CAIP-2 chain id such as eip155:1.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ChainId result)
    {
        result = default;
        if (s?.Split(':') is not [var ns, var reference] || ns.Length is < 3 or > 8 || reference.Length is < 1 or > 32
            || !ns.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            || !reference.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            return false;
        }

        // A leading zero or an overflow would give one chain two names.
        if (ns == "eip155" && (!ulong.TryParse(reference, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number == 0 || reference[0] == '0'))
        {
            return false;
        }

        result = new ChainId(ns, reference);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => Namespace is null ? "" : $"{Namespace}:{Reference}";
}
