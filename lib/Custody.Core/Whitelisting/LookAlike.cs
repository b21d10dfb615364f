namespace Custody.Core.Whitelisting;

/// <summary>An existing address that another one could be taken for.</summary>
/// <param name="Address">It.</param>
/// <param name="EntryId">The entry whose address it is.</param>
/// <param name="ClientId">That entry's client.</param>
/// <param name="VaultId">The vault whose address it is.</param>
public sealed record LookAlike(string Address, string? EntryId = null, string? ClientId = null, string? VaultId = null);
