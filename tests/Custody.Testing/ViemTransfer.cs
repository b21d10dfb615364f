namespace Custody.Testing;

/// <summary>A transfer to sign; amounts and numbers as decimal text. With a token, viem itself makes the call out of recipient and amount.</summary>
public sealed record ViemTransfer(
    string PrivateKey, string ChainId, string Nonce, string MaxPriorityFeePerGas, string MaxFeePerGas, string To, string Value,
    string Gas = "21000", string? Token = null, bool Legacy = false);
