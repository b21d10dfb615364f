using System.Numerics;

namespace Custody.LocalStack.Parts;

/// <summary>A transaction as the node tells it; amounts in wei.</summary>
internal sealed record MinedTransaction(string Hash, string From, string To, BigInteger Value, BigInteger Fee, BigInteger Block, string BlockHash);
