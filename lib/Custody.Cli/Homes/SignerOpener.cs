using System.Security.Cryptography;
using Custody.Cli.Outcomes;
using Custody.Vaults.DocumentKeys;
using Custody.Vaults.Pkcs11;
using Microsoft.Extensions.Logging.Abstractions;

namespace Custody.Cli.Homes;

/// <summary>Opens the key that a profile names.</summary>
internal static class SignerOpener
{
    public static Step<OpenedSigner> Open(Profile profile, CustodyHome home, TimeProvider time)
    {
        if (profile.Signer.Pkcs11 is { } place)
        {
            if (!Path.IsPathFullyQualified(place.Module))
            {
                return new CliOutcome.Usage($"The signer's module '{place.Module}' must be an absolute path.");
            }

            // The token is not asked before the first signature; a fault then is caught where the command is run.
            var pool = new Pkcs11SessionPool(
                new Pkcs11Options { ModulePath = place.Module, TokenLabel = place.TokenLabel, PinFile = home.Of(place.PinFile), MaxSessions = 1 },
                time,
                NullLogger<Pkcs11SessionPool>.Instance);
            return new OpenedSigner(new Pkcs11DocumentSigner(pool, profile.KeyId), pool);
        }

        var path = home.Of(profile.Signer.File!);
        try
        {
            return new OpenedSigner(DocumentKeyFile.Read(path, profile.KeyId), null);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new CliOutcome.Usage($"The key of '{profile.Id}' cannot be read: {unreadable.Message}");
        }
    }
}
