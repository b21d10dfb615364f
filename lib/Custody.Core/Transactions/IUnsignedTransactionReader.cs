using Custody.Core.Assets;

namespace Custody.Core.Transactions;

/// <summary>
/// Decodes unsigned bytes independently of the builder that made them. The signing gate uses it, so a builder that lies is
/// caught before a signature exists.
/// </summary>
public interface IUnsignedTransactionReader
{
    /// <summary>Decodes bytes meant for <paramref name="chain"/>. Never throws on bad bytes.</summary>
    UnsignedReading Read(ChainId chain, ReadOnlyMemory<byte> unsigned);
}
