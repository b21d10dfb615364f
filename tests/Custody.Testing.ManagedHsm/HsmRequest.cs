namespace Custody.Testing.ManagedHsm;

/// <summary>A request as the double received it.</summary>
/// <param name="Operation">get, attest, sign or update.</param>
/// <param name="Path">The path.</param>
/// <param name="Authorized">It carried a token that is valid.</param>
/// <param name="HasToken">It carried any token.</param>
/// <param name="Body">Its body.</param>
public sealed record HsmRequest(string Operation, string Path, bool Authorized, bool HasToken, string Body);
