using System.Security.Cryptography;

namespace Custody.LocalStack.State;

/// <summary>What the stack must know again the next time.</summary>
/// <param name="PipelineKey">The key of the pipeline's storage account, base64.</param>
/// <param name="JournalKey">The key of the journals' storage account, base64.</param>
/// <param name="GenesisTime">When the chain began, seconds since 1970: with it the node makes the same first block at every start.</param>
/// <param name="Vault">The vault's address; null until the system is set up.</param>
internal sealed record StackRecord(string PipelineKey, string JournalKey, long GenesisTime, string? Vault = null)
{
    private const int KeyBytes = 64;

    /// <summary>A record with new keys, of a system that is not set up yet.</summary>
    public static StackRecord Create(DateTimeOffset now) => new(NewKey(), NewKey(), now.ToUnixTimeSeconds());

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
}
