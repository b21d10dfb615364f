namespace Custody.Chains.Bitcoin;

/// <summary>Where a Bitcoin node is and how much it may cost us.</summary>
/// <param name="Endpoint">The JSON-RPC URL.</param>
/// <param name="User">The RPC user (<c>rpcauth</c>).</param>
/// <param name="Password">Its password; never logged nor put into a message.</param>
/// <param name="Timeout">How long one call may take, body included.</param>
/// <param name="MaxResponseBytes">The longest answer that is read; a longer one is refused. A block of 4 MB is 8 MB of hex.</param>
public sealed record BitcoinNodeOptions(Uri Endpoint, string User, string Password, TimeSpan Timeout, int MaxResponseBytes = 16 * 1024 * 1024)
{
    /// <summary>Without the password.</summary>
    public override string ToString() => $"{nameof(BitcoinNodeOptions)} {{ {Endpoint} }}";
}
