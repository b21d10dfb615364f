namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which host key a caller of an HTTP function needs.</summary>
public enum AuthorizationLevel
{
    /// <summary>No key: the function authenticates its callers itself.</summary>
    Anonymous = 0,

    /// <summary>A user's token.</summary>
    User = 1,

    /// <summary>A key of this function.</summary>
    Function = 2,

    /// <summary>A key of a system extension.</summary>
    System = 3,

    /// <summary>The host's master key.</summary>
    Admin = 4,
}
