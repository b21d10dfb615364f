namespace Custody.Core.Journals;

/// <summary>What a freeze covers, as its subject in the stop journal.</summary>
public static class FreezeScope
{
    /// <summary>Everything.</summary>
    public const string Platform = "platform";

    /// <summary>One vault.</summary>
    public static string Vault(string vaultId) => $"vault/{vaultId}";

    /// <summary>One client.</summary>
    public static string Client(string clientId) => $"client/{clientId}";

    /// <summary>True for one of the three forms.</summary>
    public static bool IsValid(string? scope) =>
        scope == Platform || (scope?.Split('/') is ["vault" or "client", var id] && Intents.Identifier.IsValid(id));
}
