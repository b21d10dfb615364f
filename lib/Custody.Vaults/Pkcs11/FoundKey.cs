using Net.Pkcs11Interop.HighLevelAPI;

namespace Custody.Vaults.Pkcs11;

/// <summary>A private key's handle in one session, and what the token says of the pair.</summary>
internal sealed record FoundKey(IObjectHandle Handle, Pkcs11KeyFacts Facts);
