using Custody.Core.Governance;
using Custody.Core.Whitelisting;

namespace Custody.Core.Reading;

/// <summary>A whitelist entry that was verified on this device: the only form that is shown for signing.</summary>
public sealed class VerifiedEntry
{
    internal VerifiedEntry()
    {
    }

    /// <summary>The governance document it was verified under.</summary>
    public required Governed Governed { get; init; }

    /// <summary>The entry, signed by its client.</summary>
    public required WhitelistEntry Entry { get; init; }

    /// <summary>Its exact bytes: what an approver signs.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Who signed it, and how many must, with what this device knows of look-alikes.</summary>
    public required WhitelistTally Tally { get; init; }

    /// <summary>Our own vaults that its address could be taken for, found here.</summary>
    public required IReadOnlyList<LookAlike> VaultLookAlikes { get; init; }

    /// <summary>The server's word, under no signature: the addresses that it could be taken for.</summary>
    public required IReadOnlyList<LookAlike> LookAlikesAsTold { get; init; }

    /// <summary>The server's word, under no signature.</summary>
    public required WhitelistStatus StatusAsTold { get; init; }

    /// <summary>The server's word, under no signature; a reinstatement names it.</summary>
    public required long? SuspensionAsTold { get; init; }
}
