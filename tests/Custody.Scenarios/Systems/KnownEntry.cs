namespace Custody.Scenarios.Systems;

/// <summary>A whitelist entry that a script proposed, or that the setup has.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Payload">Its canonical bytes.</param>
internal sealed record KnownEntry(string Id, byte[] Payload)
{
    /// <summary>The digest that statements name, hex.</summary>
    public string Digest => Core.Encoding.DomainDigest.Hex(Core.Whitelisting.WhitelistEntry.Domain, Payload);
}
