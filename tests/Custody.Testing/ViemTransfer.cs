namespace Custody.Testing;

/// <summary>A transfer to sign; amounts and numbers as decimal text.</summary>
public sealed record ViemTransfer(
    string PrivateKey, string ChainId, string Nonce, string MaxPriorityFeePerGas, string MaxFeePerGas, string To, string Value);
