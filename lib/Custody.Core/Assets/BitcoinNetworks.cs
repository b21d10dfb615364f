namespace Custody.Core.Assets;

/// <summary>The networks by their CAIP-2 reference, the first 32 hex digits of the genesis block's hash (CAIP-4).</summary>
public static class BitcoinNetworks
{
    private static readonly Dictionary<string, BitcoinNetwork> ByGenesis = new(StringComparer.Ordinal)
    {
        ["000000000019d6689c085ae165831e93"] = BitcoinNetwork.Main,
        ["000000000933ea01ad0ee984209779ba"] = BitcoinNetwork.Test,
        ["00000000da84f2bafbbc53dee25a72ae"] = BitcoinNetwork.Test,
        ["00000008819873e925422c1ff0f99f7c"] = BitcoinNetwork.Test,
        ["0f9188f13cb7b2c71f2a335e3a4fc328"] = BitcoinNetwork.Regtest,
    };

    /// <summary>The network of a <c>bip122</c> chain; none for any other chain.</summary>
    public static BitcoinNetwork Of(ChainId chain) => chain.Namespace == "bip122" ? ByGenesis.GetValueOrDefault(chain.Reference) : BitcoinNetwork.None;
}
