namespace Custody.Functions.Roles;

/// <summary>The certificates of a role do not serve; the message says why.</summary>
public sealed class RoleCertificateException(string message) : Exception(message);
