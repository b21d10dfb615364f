using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Custody.Core.Encoding;

namespace Custody.Core.Assets;

/// <summary>An asset's identifier after CAIP-19, such as <c>eip155:1/slip44:60</c> (native ether). The default value names no asset.</summary>
[JsonConverter(typeof(ParsableJsonConverter<AssetId>))]
public readonly record struct AssetId : IParsable<AssetId>
{
    private AssetId(ChainId chain, string ns, string reference) => (Chain, Namespace, Reference) = (chain, ns, reference);

    /// <summary>The chain the asset lives on.</summary>
    public ChainId Chain { get; }

    /// <summary>The asset namespace: <c>slip44</c> for a chain's native coin, <c>erc20</c> for a token.</summary>
    public string Namespace { get; }

    /// <summary>The reference: a SLIP-44 coin type or a token contract's address.</summary>
    public string Reference { get; }

    /// <summary>True for the chain's native coin.</summary>
    public bool IsNative => Namespace == "slip44";

    /// <summary>Parses the CAIP-19 form; throws <see cref="FormatException"/> when it is not one.</summary>
    public static AssetId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a CAIP-19 asset id such as eip155:1/slip44:60.");

    /// <inheritdoc />
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AssetId result)
    {
        result = default;
        if (s?.Split('/') is not [var chainPart, var assetPart] || !ChainId.TryParse(chainPart, provider, out var chain)
            || assetPart.Split(':') is not [var ns, var reference] || ns.Length is < 3 or > 8 || reference.Length is < 1 or > 128
            || !ns.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            || !reference.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '%'))
        {
            return false;
        }

        result = new AssetId(chain, ns, reference);
        return true;
    }

    /// <inheritdoc />
    public override string ToString() => Namespace is null ? "" : $"{Chain}/{Namespace}:{Reference}";
}
