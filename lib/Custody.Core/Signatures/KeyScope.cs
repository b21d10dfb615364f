using Custody.Core.Results;

namespace Custody.Core.Signatures;

/// <summary>What a client's key may sign. A key whose terms name no scopes may sign all of it.</summary>
public static class KeyScope
{
    /// <summary>Withdrawal requests.</summary>
    public const string Withdraw = "withdraw";

    /// <summary>Cancellations.</summary>
    public const string Cancel = "cancel";

    /// <summary>Customer records.</summary>
    public const string Customer = "customer";

    /// <summary>Whitelist entries and what changes them.</summary>
    public const string Whitelist = "whitelist";

    /// <summary>Every scope.</summary>
    public static IReadOnlyList<string> All { get; } = [Withdraw, Cancel, Customer, Whitelist];

    /// <summary>Rule: the key's terms permit the scope.</summary>
    public static Verdict Check(RegisteredKey key, string scope) => key.Terms?.Scopes?.Contains(scope) ?? true
        ? Verdict.Allowed
        : Verdict.Refused(RefusalCode.KeyScopeMissing, $"The key '{key.KeyId}' may not sign for '{scope}'.");
}
