namespace Custody.Testing;

/// <summary>What viem reads in signed bytes.</summary>
public sealed record ViemParsed(
    string Type, string ChainId, string Nonce, string MaxPriorityFeePerGas, string MaxFeePerGas, string Gas, string To, string Value,
    string Data, string AccessList, string From);
