using Custody.Core.Assets;
using Custody.Core.Governance;

namespace Custody.Core.Policy;

/// <summary>Tells whose a destination is: from the governed vault keys, never from what somebody wrote beside it.</summary>
public static class DestinationKinds
{
    /// <summary>The kind of an address in the chain's canonical form; unknown when it is no address of the chain.</summary>
    public static DestinationKind Of(ChainId chain, string address, Governed governed) =>
        !chain.IsEvm || !EvmAddress.TryParse(address, null, out var parsed) ? DestinationKind.Unknown
        : governed.EveryVault.Any(v => v.Chain == chain && v.EvmAddress() == parsed) ? DestinationKind.OwnVault
        : DestinationKind.WhitelistedExternal;
}
