namespace Custody.Functions.Sending;

/// <summary>
/// The sender role: the only one with the comparison key, and the only one that hands bytes to a node. It takes ids, and reads and
/// verifies everything else itself; asking again does nothing twice.
/// </summary>
public interface ISender
{
    /// <summary>Decodes signed bytes independently, and certifies that they are the intent; or freezes the vault and burns the attempt.</summary>
    Task<CertifyOutcome> CertifyAsync(SignedId id, CancellationToken cancellation);

    /// <summary>Hands certified bytes to the node, when the withdrawal's file says that they are being sent and nothing stops them.</summary>
    Task<SendOutcome> SendAsync(SignedId id, CancellationToken cancellation);

    /// <summary>The same comparison of a signed gap fill with its order.</summary>
    Task<CertifyOutcome> CertifyOrderedAsync(string id, CancellationToken cancellation);

    /// <summary>Hands a certified gap fill to the node.</summary>
    Task<SendOutcome> SendOrderedAsync(string id, CancellationToken cancellation);
}
