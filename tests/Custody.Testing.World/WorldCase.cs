using Custody.Core.Encoding;
using Custody.Core.Withdrawals;

namespace Custody.Testing.World;

/// <summary>A world's withdrawal as its file holds it when it is ready to be signed.</summary>
public static class WorldCase
{
    /// <summary>The file with these unsigned bytes; with <paramref name="file"/>, what its earlier attempts left stays.</summary>
    public static WithdrawalCase Case(this CustodyWorld world, byte[] unsigned, WithdrawalCase? file = null)
    {
        var documents = new Dictionary<string, CaseDocument>(file?.Documents ?? new Dictionary<string, CaseDocument>(), StringComparer.Ordinal);
        foreach (var document in (CaseDocument[])
        [
            new(CaseDocuments.Request, world.Body, world.BodySignature),
            new(CaseDocuments.Intent(world.Attempt), CanonicalJson.Serialize(world.Intent)),
            new(CaseDocuments.Unsigned(world.Attempt), unsigned),
            .. world.Approving.Select(a => new CaseDocument(CaseDocuments.Vote(world.Attempt, a), System.Text.Encoding.ASCII.GetBytes(world.Vote(a)))),
        ])
        {
            documents[document.Name] = document;
        }

        var request = world.Request;
        var state = new WithdrawalState(
            world.WithdrawalId, request.ClientId, request.CustomerId, request.RequestId, world.Intent.RequestDigest, request.Asset, request.Amount,
            request.WhitelistEntryId, WithdrawalStatus.Signing, CustodyWorld.Start, CustodyWorld.Start, null)
        {
            Attempt = world.Attempt,
        };
        return new WithdrawalCase(state, documents, "1");
    }
}
