using System.Security.Cryptography;

namespace Custody.LocalStack.State;

/// <summary>What the stack must know again the next time.</summary>
/// <param name="PipelineKey">The key of the pipeline's storage account, base64.</param>
/// <param name="JournalKey">The key of the journals' storage account, base64.</param>
/// <param name="Vault">The vault's address; null until the system is set up.</param>
internal sealed record StackRecord(string PipelineKey, string JournalKey, string? Vault = null)
{
    private const int KeyBytes = 64;

    /// <summary>A record with new keys, of a system that is not set up yet.</summary>
    public static StackRecord Create() => new(NewKey(), NewKey());

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
}
