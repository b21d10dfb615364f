namespace Custody.Chains.Evm;

/// <summary>
/// When a block counts as confirmed: at the governed depth. A depth of zero is no rule and confirms nothing.
/// </summary>
public static class Confirmation
{
    /// <summary>How many confirmations a block has: 1 as the head itself, 0 above it.</summary>
    public static ulong Count(ulong includedIn, ulong head) => includedIn > head ? 0 : head - includedIn + 1;

    /// <summary>True at <paramref name="depth"/> confirmations.</summary>
    public static bool IsReached(ulong includedIn, ulong head, ulong depth) => depth > 0 && Count(includedIn, head) >= depth;
}
