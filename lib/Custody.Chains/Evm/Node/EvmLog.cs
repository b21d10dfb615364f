using Custody.Core.Assets;

namespace Custody.Chains.Evm;

/// <summary>An event in a receipt.</summary>
/// <param name="Address">The contract that emitted it.</param>
/// <param name="Topics">Its topics, <c>0x</c> and 64 lower-case hex digits each.</param>
/// <param name="Data">Its data, <c>0x</c> and lower-case hex digits.</param>
public sealed record EvmLog(EvmAddress Address, IReadOnlyList<string> Topics, string Data);
