namespace Custody.Functions.Roles;

/// <summary>Another role gave no answer that can be relied on. Whether it did what it was asked is not known; asking again is safe.</summary>
public sealed class RoleUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
