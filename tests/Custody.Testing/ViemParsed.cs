namespace Custody.Testing;

/// <summary>What viem reads in signed bytes; of a token's transfer the call's arguments too.</summary>
public sealed record ViemParsed(
    string Type, string ChainId, string Nonce, string MaxPriorityFeePerGas, string MaxFeePerGas, string Gas, string To, string Value,
    string Data, string AccessList, string From, string? Recipient = null, string? Amount = null);
