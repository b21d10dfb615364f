using Custody.Cli.Homes;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Signatures;
using Custody.Vaults.DocumentKeys;

namespace Custody.Cli.Initialisation.Keys;

/// <summary>Keys that a plan brings along.</summary>
internal static class ExistingKeys
{
    /// <summary>Finds one; a signer that was opened is added to <paramref name="opened"/>.</summary>
    public static HeldKey Find(KeyPlan plan, ICollection<IDisposable> opened)
    {
        if (plan.File is null)
        {
            return new HeldKey(new RegisteredKey(plan.KeyId, plan.Algorithm!.Value, plan.PublicKey!), null, null);
        }

        try
        {
            var signer = DocumentKeyFile.Read(plan.File, plan.KeyId);
            opened.Add(signer);
            return new HeldKey(RegisteredKey.From(plan.KeyId, signer.Algorithm, signer.PublicKey), signer, new SignerPlace(File: plan.File));
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new KeyMakingException($"The key '{plan.KeyId}' cannot be read: {unreadable.Message}");
        }
    }
}
