namespace Custody.Core.Assets;

/// <summary>The Bitcoin networks whose addresses can be told apart; a legacy test address serves the test networks and regtest alike.</summary>
[Flags]
public enum BitcoinNetwork
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The main network.</summary>
    Main = 1,

    /// <summary>Testnet 3 and 4, and signet.</summary>
    Test = 2,

    /// <summary>A local regression-test chain.</summary>
    Regtest = 4,
}
