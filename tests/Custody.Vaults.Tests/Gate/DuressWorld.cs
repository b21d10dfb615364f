using System.Text;
using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;
using Custody.Testing.World;

namespace Custody.Vaults.Tests.Gate;

/// <summary>Every device carries a commitment, bob has a duress device besides; only the gate's openings tell them apart.</summary>
internal static class DuressWorld
{
    public static readonly SoftwareKey Forced = SoftwareKey.EdDsa("device-bob-2");
    public static readonly DuressOpening[] Openings = [Opening("ann", "ann-phone"), Opening("bob", "bob-phone"), Opening("bob", "bob-2", DeviceKind.Duress), Opening("cat", "cat-phone")];

    public static readonly CustodyWorld World = CustodyWorld.Default with
    {
        Governance = SampleGovernance.Document with
        {
            Delays = new GovernanceDelays(86_400),
            Approvers = [.. SampleGovernance.Document.Approvers.Select(a => a with
            {
                Devices = [.. a.Devices.Concat(a.Id == "bob" ? [People.Device("bob-2", Forced)] : []).Select(d => d with
                {
                    DuressCommitment = Openings.Single(o => o.Device == DeviceSubject.Of(a.Id, d.Id)).Commitment(),
                })],
            })],
        },
    };

    public static DuressOpening Opening(string approver, string device, DeviceKind kind = DeviceKind.Plain, string salt = "") => new(
        DeviceSubject.Of(approver, device), kind, DomainDigest.Hex("test/salt", Encoding.ASCII.GetBytes(device + salt)));

    /// <summary>The world with bob's duress device changed.</summary>
    public static CustodyWorld Edited(Func<Device, Device> edit) => World with
    {
        Governance = World.Governance with
        {
            Approvers = [.. World.Governance.Approvers.Select(a => a with { Devices = [.. a.Devices.Select(d => d.Id == "bob-2" ? edit(d) : d)] })],
        },
    };

    /// <summary>The entry as its client and these signed it.</summary>
    public static SignedDocument Entry(params SoftwareKey[] approvers) =>
        Signing.Document(DocumentType.WhitelistEntry, World.Entry, CustodyWorld.Start.AddDays(-10), [People.Exchange, .. approvers]);

    /// <summary>The world in which these signed the entry, by the journal and by what is stored.</summary>
    public static CustodyWorld SignedBy(params SoftwareKey[] approvers) => Facts(World with { EntryDocument = Entry(approvers) }, Entry(approvers));

    /// <summary>The world's journal with this activation, and what came after it, before the quorum.</summary>
    public static CustodyWorld Facts(CustodyWorld world, SignedDocument activated, params StopFact[] later) => world with
    {
        StopFacts = [world.InForce, world.Activated with { Evidence = WhitelistEvidence.Of(activated) }, world.ListInForce, .. later, world.QuorumReached],
    };

    /// <summary>An approver's statement that ends the suspension at a line of the journal.</summary>
    public static string Reinstatement(SoftwareKey key, string approver, string device, long suspension, DateTimeOffset? expires = null)
    {
        var statement = new WhitelistStatement(
            1, World.Entry.EntryId, World.Entry.Digest(), WhitelistAction.Reinstate, approver, "a reason", CustodyWorld.Start.AddDays(-3).AddMinutes(-5),
            expires ?? CustodyWorld.Start, device, suspension);
        return key.Sign(DocumentType.WhitelistStatement, statement, statement.SignedAt);
    }
}
