using System.Text;
using Custody.Core.Vaults;

namespace Custody.TestHost;

/// <summary>A vault whose signatures a runner counts: it is asked before each one, and says what becomes of it.</summary>
public sealed class TappedVault(IVault real, Doubles doubles) : IVault
{
    private static readonly HttpClient Http = new();

    public Task<VaultKeyReading> DescribeAsync(string keyId, CancellationToken cancellation) => real.DescribeAsync(keyId, cancellation);

    public async Task<VaultSigning> SignAsync(string keyId, ReadOnlyMemory<byte> digest, CancellationToken cancellation)
    {
        if (doubles.Now.Effects is not { } runner)
        {
            return await real.SignAsync(keyId, digest, cancellation);
        }

        var fault = await AskAsync(runner, Convert.ToHexStringLower(digest.Span), cancellation);
        if (fault == "Refused")
        {
            return new VaultSigning.Faulted(VaultFault.TokenMissing, "The device is away.");
        }

        var signed = await real.SignAsync(keyId, digest, cancellation);
        if (fault == "DiesAfter")
        {
            await AskAsync($"{runner}/signed", "", cancellation);
        }

        return fault == "None" ? signed : new VaultSigning.Faulted(VaultFault.Unknown, "The device did not answer.");
    }

    private static async Task<string> AskAsync(string url, string text, CancellationToken cancellation)
    {
        using var content = new StringContent(text, Encoding.ASCII);
        using var answer = await Http.PostAsync(url, content, cancellation);
        return await answer.Content.ReadAsStringAsync(cancellation);
    }
}
