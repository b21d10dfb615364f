namespace Custody.Chains.Evm;

/// <summary>A block by height and hash.</summary>
/// <param name="Number">The height.</param>
/// <param name="Hash"><c>0x</c> and 64 lower-case hex digits.</param>
public sealed record BlockPoint(ulong Number, string Hash);
