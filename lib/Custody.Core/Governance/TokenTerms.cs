namespace Custody.Core.Governance;

/// <summary>
/// What makes a contract the token that was looked at before it was registered. Without it the contract is no token: none of
/// its calls decodes at the gate. A chain that says otherwise blocks the token.
/// </summary>
/// <param name="CodeHash">Keccak-256 of the contract's code, <c>0x</c> and 64 lower-case hex digits.</param>
/// <param name="GasCeiling">The most gas that a transfer may use; more than the 21000 of a plain transfer.</param>
public sealed record TokenTerms(string CodeHash, int GasCeiling);
