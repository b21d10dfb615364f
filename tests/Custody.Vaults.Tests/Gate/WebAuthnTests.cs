using System.Text;
using Custody.Core.Approvals;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Testing;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>Ann and bob have an authenticator besides their device; the gate reads the stored assertions again, byte for byte.</summary>
public sealed class WebAuthnTests
{
    private static readonly CustodyWorld World = WorldOf(allow: true);

    private static readonly Dictionary<string, (RefusalCode Code, AuthenticatorAnswer Answer)> Refusals = new(StringComparer.Ordinal)
    {
        ["another origin"] = (RefusalCode.QuorumMissing, new() { Origin = "https://evil.example" }),
        ["another relying party"] = (RefusalCode.QuorumMissing, new() { RelyingParty = "evil.example" }),
        ["owner not verified"] = (RefusalCode.QuorumMissing, new() { WithoutFlags = 0x04 }),
        ["counter as at the registration"] = (RefusalCode.QuorumMissing, new() { Counter = 3 }),
        ["another type"] = (RefusalCode.QuorumMissing, new() { Type = "webauthn.create" }),
    };

    public static TheoryData<string> Names => [.. Refusals.Keys];

    [Fact]
    public async Task SignAsync_OneVoteByWebAuthnBesideOneThatVerified_Signs() => await Bench(World, "bob").SignedAsync();

    [Fact]
    public async Task SignAsync_OnlyVotesByWebAuthn_Refuses() => await Bench(World, "ann", "bob").RefusedUnaskedAsync(RefusalCode.BundleUnverified);

    [Fact]
    public async Task SignAsync_ARuleThatDoesNotSay_Refuses()
    {
        var silent = WorldOf(allow: null);
        var bench = new GateBench(silent);
        Put(bench, "bob", silent, null);
        await bench.RefusedUnaskedAsync(RefusalCode.QuorumMissing);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SignAsync_AStoredAssertionThatDoesNotHold_Refuses(string what)
    {
        var bench = new GateBench(World);
        Put(bench, "bob", World, Refusals[what].Answer);
        await bench.RefusedUnaskedAsync(Refusals[what].Code);
    }

    [Fact]
    public async Task SignAsync_AnyStoredByteOfTheAssertionChanged_Refuses()
    {
        var vote = Vote("bob", World, null);
        foreach (var at in Enumerable.Range(0, vote.Length).Where(i => i % 7 == 0 && char.IsAsciiLetterLower(vote[i])))
        {
            var bench = new GateBench(World);
            var changed = vote.ToCharArray();
            changed[at] = changed[at] == 'z' ? 'y' : (char)(changed[at] + 1);
            bench.EditDocument(CaseDocuments.Vote(1, "bob"), d => d with { Content = Encoding.ASCII.GetBytes(changed) });
            await bench.RefusedUnaskedAsync(RefusalCode.QuorumMissing);
        }
    }

    private static CustodyWorld WorldOf(bool? allow) => CustodyWorld.Default with
    {
        Governance = SampleGovernance.Document with
        {
            WebAuthn = new WebAuthnTerms(SoftwareAuthenticator.RelyingParty, [SoftwareAuthenticator.Origin], [new AuthenticatorModel(SoftwareAuthenticator.Model, [SoftwareAuthenticator.Root])]),
            Rules = [.. SampleGovernance.Document.Rules.Select(r => r with { Approvals = r.Approvals with { WebAuthn = allow } })],
            Approvers = [.. SampleGovernance.Document.Approvers.Select(a => a.Id == "cat" ? a : a with { Devices = [.. a.Devices, Device(a.Id)] })],
        },
    };

    private static Device Device(string approver)
    {
        var authenticator = new SoftwareAuthenticator(approver) { Counter = 3 };
        var made = authenticator.Register(approver, $"{approver}-key");
        return new Device(
            $"{approver}-key", RegisteredKey.From($"credential-{approver}", SignatureAlgorithm.Es256, authenticator.Point),
            WebAuthn: new WebAuthnCredential(StrictBase64Url.Encode(made.CredentialId), StrictBase64Url.Encode(made.ClientData), StrictBase64Url.Encode(made.AttestationObject)));
    }

    private static GateBench Bench(CustodyWorld world, params string[] byWebAuthn)
    {
        var bench = new GateBench(world);
        foreach (var who in byWebAuthn)
        {
            Put(bench, who, world, null);
        }

        return bench;
    }

    private static void Put(GateBench bench, string who, CustodyWorld world, AuthenticatorAnswer? answer) =>
        bench.EditDocument(CaseDocuments.Vote(1, who), d => d with { Content = Encoding.ASCII.GetBytes(Vote(who, world, answer)) });

    private static string Vote(string who, CustodyWorld world, AuthenticatorAnswer? answer) =>
        new SoftwareAuthenticator(who) { Counter = 3 }.Vote(CanonicalJson.Serialize(world.Statement(who) with { DeviceId = $"{who}-key" }), answer);
}
