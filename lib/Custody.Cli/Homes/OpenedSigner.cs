using Custody.Core.Signatures;

namespace Custody.Cli.Homes;

/// <summary>A signer with what must be closed after it.</summary>
internal sealed class OpenedSigner(IDocumentSigner signer, IAsyncDisposable? sessions) : IAsyncDisposable
{
    public IDocumentSigner Signer { get; } = signer;

    public async ValueTask DisposeAsync()
    {
        (Signer as IDisposable)?.Dispose();
        if (sessions is not null)
        {
            await sessions.DisposeAsync();
        }
    }
}
