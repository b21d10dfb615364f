using Custody.Cli.Api;
using Custody.Cli.Homes;
using Custody.Core.Encoding;
using Custody.Core.Signatures;

namespace Custody.Cli.CommandLine;

/// <summary>A caller with an open key.</summary>
internal sealed class Session(Profile profile, CustodyHome home, OpenedSigner signer, CustodyApi api) : IAsyncDisposable
{
    public Profile Profile { get; } = profile;

    public CustodyHome Home { get; } = home;

    public CustodyApi Api { get; } = api;

    public IDocumentSigner Signer => signer.Signer;

    /// <summary>Signs a statement as an attached compact JWS.</summary>
    public Task<string> SignAsync<T>(string type, T statement, DateTimeOffset now, CancellationToken cancellation) =>
        Jws.SignAsync(Signer, type, CanonicalJson.Serialize(statement), now, detached: false, cancellation);

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await signer.DisposeAsync();
    }
}
