using Custody.Core.Approvals;
using Custody.Core.Governance;
using Custody.Core.Signatures;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Governance;

/// <summary>Whose refused statements are told: those that a key signed which governance registers, or did.</summary>
public sealed class RegisteredSignerTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly GovernanceDocument First = SampleGovernance.Document;
    private static readonly byte[] Payload = "{}"u8.ToArray();

    [Fact]
    public void Of_ARegisteredDevicesVote_IsItsHolder()
    {
        var signer = SignedVote.SignerOf(World.Vote("ann"), World.Governed, World.Now);

        Assert.Equal(("ann", "device-ann", KeyRole.ApproverDevice), (signer!.OwnerId, signer.Key.KeyId, signer.Role));
    }

    [Fact]
    public void Of_AVoteByAKeyOfAnotherRole_IsItsHolder() =>
        Assert.Equal(KeyRole.Operator, SignedVote.SignerOf(People.Olga.Sign(DocumentType.Approval, World.Statement("ann"), World.Now), World.Governed, World.Now)!.Role);

    [Fact]
    public void Of_ADeviceThatAnEarlierVersionRegistered_IsItsHolder()
    {
        var without = Verified(Succession.Next(First, d => d with { Approvers = [.. d.Approvers.Where(a => a.Id != "cat")] }));

        Assert.Null(without.Holder("device-cat"));
        Assert.Equal("cat", SignedVote.SignerOf(World.Vote("cat"), without, World.Now)!.OwnerId);
    }

    [Fact]
    public void Of_AKeyWhoseTimeIsOver_IsItsHolder()
    {
        var dated = Verified(Succession.Weaker(First, d => d with
        {
            Approvers = [d.Approvers[0] with { Devices = [d.Approvers[0].Devices[0] with { Key = d.Approvers[0].Devices[0].Key with { Terms = new KeyTerms(NotAfter: World.Now.AddDays(-1)) } }] }, .. d.Approvers.Skip(1)],
        }));

        Assert.IsType<JwsVerification.Invalid>(Jws.Verify(World.Vote("ann"), DocumentType.Approval, dated.Keys(KeyRole.ApproverDevice), World.Now));
        Assert.Equal("ann", SignedVote.SignerOf(World.Vote("ann"), dated, World.Now)!.OwnerId);
    }

    [Fact]
    public void Of_WhatAStrangerCanSendForFree_IsNobody()
    {
        var vote = World.Vote("ann");
        var parts = vote.Split('.');
        string[] free =
        [
            People.Stranger.Sign(DocumentType.Approval, World.Statement("ann"), World.Now),
            People.Ann.Sign(DocumentType.Freeze, World.Statement("ann"), World.Now),
            $"{parts[0]}.{parts[1]}.{StrictBase64Url.Encode(new byte[64])}",
            $"{parts[0]}.{StrictBase64Url.Encode(Payload)}.{parts[2]}",
            "a.b.c", "", "{}", "{\"version\":1}",
        ];

        Assert.All(free, f => Assert.Null(SignedVote.SignerOf(f, World.Governed, World.Now)));
    }

    [Fact]
    public void OfDetached_OverOtherBytes_IsNobody()
    {
        var signature = Succession.Signed(First).Signatures[0];

        Assert.Equal(KeyRole.Governor, RegisteredSigner.OfDetached(signature, Succession.Signed(First).PayloadBytes(), DocumentType.Governance, World.Governed, World.Now)!.Role);
        Assert.Null(RegisteredSigner.OfDetached(signature, Payload, DocumentType.Governance, World.Governed, World.Now));
    }

    private static Governed Verified(GovernanceDocument document) =>
        ((GovernanceReading.Verified)SuccessionRule.Check(World.Governed, Succession.Signed(document), World.Now)).Governed;
}
