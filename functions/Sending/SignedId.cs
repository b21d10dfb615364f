namespace Custody.Functions.Sending;

/// <summary>Names signed bytes by the line of the signing journal that let them be signed. It is no authority: who gets it reads and verifies the rest.</summary>
/// <param name="WithdrawalId">The withdrawal.</param>
/// <param name="Attempt">The attempt that they were signed for.</param>
/// <param name="Sighash">What was signed, hex.</param>
public sealed record SignedId(string WithdrawalId, int Attempt, string Sighash);
