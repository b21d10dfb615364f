using Custody.Core.Admission;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Custody.Testing.World;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Custody.Core.Tests.Screening;

/// <summary>Screening as admission and the gate ask it: whatever is absent, old or found refuses.</summary>
public sealed class ScreeningRuleTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly ScreeningSubject Subject = new(SampleGovernance.Chain, CustodyWorld.Destination, "exchange-a", "customer-7");
    private static readonly ScreeningTerms Terms = World.Governance.Screening!;
    private static readonly CustodyWorld Listed = World with
    {
        SanctionsList = World.SanctionsList with { Entries = [new SanctionsEntry(CustodyWorld.Destination.ToLowerInvariant(), "USDT", "4711", "Somebody Listed")] },
    };

    private static readonly CustodyWorld Provided = World with { Governance = World.Governance with { Screening = Terms with { ProviderNeeded = true } } };

    private static readonly StopFact Clear = new(StopKind.ScreenedClear, World.WithdrawalId, "clear", 1, Subject.Digest());
    private static readonly StopFact Hit = new(StopKind.ScreenedHit, World.WithdrawalId, "found", 1, new ScreeningHit("kyt", "9", "").DigestOn(Subject));

    private static readonly Dictionary<string, (RefusalCode Code, AdmissionFacts Facts)> Refusals = new(StringComparer.Ordinal)
    {
        ["no terms in governance"] = (RefusalCode.ScreeningTermsMissing, (World with { Governance = World.Governance with { Screening = null } }).AdmissionFacts),
        ["never screened"] = (RefusalCode.ScreeningUnavailable, World.AdmissionFacts with { Screening = null }),
        ["no list in force"] = (RefusalCode.SanctionsListMissing, With(World, World.InForce, World.Activated)),
        ["another source's list in force"] = (RefusalCode.SanctionsListMissing, With(World, World.InForce, World.Activated, World.ListInForce with { Subject = "un" })),
        ["list not in the store"] = (RefusalCode.SanctionsListMissing, World.AdmissionFacts with { Screening = World.ScreeningFacts with { Lists = new Dictionary<string, SignedDocument>() } }),
        ["list with an entry taken out"] = (RefusalCode.SanctionsListTampered, Stored(Listed, World.SanctionsListDocument)),
        ["list that is none"] = (RefusalCode.SanctionsListTampered, Stored(World, SignedDocument.Of("{}"u8, []))),
        ["list of another source under the line"] = (RefusalCode.SanctionsListTampered, OtherSource()),
        ["list signed by nobody"] = (RefusalCode.SanctionsListUnsigned, With(World, World.InForce, World.Activated, World.ListInForce with { Evidence = [] })),
        ["list signed by an approver"] = (RefusalCode.SanctionsListUnsigned, With(World, World.InForce, World.Activated, World.ListInForce with { Evidence = SignedBy(People.Ann) })),
        ["list signed by an operator who left"] = (RefusalCode.SanctionsListUnsigned, (World with { Governance = World.Governance with { Operators = [World.Governance.Operators[1]] } }).AdmissionFacts),
        ["list vouched for too long ago"] = (RefusalCode.SanctionsListStale, Aged(t => t with { MaxAgeSeconds = 3 * 86_400 })),
        ["list published too long ago"] = (RefusalCode.SanctionsListStale, Aged(t => t with { MaxPublicationAgeSeconds = 5 * 86_400 })),
        ["list stale by the chain's clock"] = (RefusalCode.SanctionsListStale, Aged(t => t with { MaxAgeSeconds = (3 * 86_400) + 60 }, World.Now.AddMinutes(1))),
        ["destination listed"] = (RefusalCode.ScreeningHit, Listed.AdmissionFacts),
        ["provider silent"] = (RefusalCode.ScreeningUnavailable, Provided.AdmissionFacts),
        ["provider clear for another address"] = (RefusalCode.ScreeningUnavailable, WithMore(Provided, Clear with { Digest = (Subject with { Address = "0x1" }).Digest() })),
        ["provider clear for another customer"] = (RefusalCode.ScreeningUnavailable, WithMore(Provided, Clear with { Digest = (Subject with { CustomerId = "customer-8" }).Digest() })),
        ["provider clear for another attempt"] = (RefusalCode.ScreeningUnavailable, WithMore(Provided, Clear with { Attempt = 2 })),
        ["provider clear for another withdrawal"] = (RefusalCode.ScreeningUnavailable, WithMore(Provided, Clear with { Subject = "w-other" })),
        ["provider hit"] = (RefusalCode.ScreeningHit, WithMore(Provided, Hit)),
        ["provider hit, then clear"] = (RefusalCode.ScreeningHit, WithMore(Provided, Hit, Clear)),
        ["provider clear, then hit"] = (RefusalCode.ScreeningHit, WithMore(Provided, Clear, Hit)),
        ["provider hit though governance no longer asks it"] = (RefusalCode.ScreeningHit, WithMore(World, Hit)),
    };

    public static TheoryData<string> RefusalNames => [.. Refusals.Keys];

    [Theory]
    [MemberData(nameof(RefusalNames))]
    public void Evaluate_ScreeningNotClear_Refuses(string what)
    {
        var (code, facts) = Refusals[what];

        var reading = AdmissionRule.Evaluate(facts);

        Assert.Equal(("screen", code, false), (reading.Stage, reading.Verdict.Code, reading.Verdict.IsAllowed));
        Assert.Null(reading.Admitted);
    }

    [Fact]
    public void Evaluate_ListAskedAndClear_IsAdmitted() => Assert.True(AdmissionRule.Evaluate(World.AdmissionFacts).Verdict.IsAllowed);

    [Fact]
    public void Evaluate_ProviderClear_IsAdmitted() => Assert.True(AdmissionRule.Evaluate(WithMore(Provided, Clear)).Verdict.IsAllowed);

    [Fact]
    public void Evaluate_ProviderForOtherClientsOnly_IsNotAsked()
    {
        var others = World with { Governance = World.Governance with { Screening = Terms with { ProviderNeeded = true, ProviderClients = ["exchange-b"] } } };

        Assert.True(AdmissionRule.Evaluate(others.AdmissionFacts).Verdict.IsAllowed);
    }

    [Fact]
    public void Evaluate_OnADevice_ScreensNothing() => Assert.True(AdmissionRule.EvaluateUnscreened(Listed.AdmissionFacts).Verdict.IsAllowed);

    [Fact]
    public void Release_ByTwoPeopleOfThisVeryHit_LetsItPass()
    {
        var released = Listed with { Releases = [Release("olga"), Release("omar")] };

        Assert.True(AdmissionRule.Evaluate(released.AdmissionFacts).Verdict.IsAllowed);
    }

    [Fact]
    public void Release_OfTheProvidersHit_LetsItPass()
    {
        var digest = ScreeningHit.Together([Hit.Digest!]);
        var facts = WithMore(Provided with { Releases = [Release("olga", r => r with { HitDigest = digest }), Release("omar", r => r with { HitDigest = digest })] }, Hit);

        Assert.True(AdmissionRule.Evaluate(facts).Verdict.IsAllowed);
    }

    [Fact]
    public void Release_AnythingLess_IsRefused()
    {
        var (olga, omar) = (Release("olga"), Release("omar"));
        Refused([]);
        Refused([olga]);
        Refused([olga, olga]);
        Refused([olga, Release("omar", r => r with { Attempt = 2 })]);
        Refused([olga, Release("omar", r => r with { WithdrawalId = "w-other" })]);
        Refused([olga, Release("omar", r => r with { HitDigest = new string('0', 64) })]);
        Refused([olga, Release("omar", r => r with { OperatorId = "olga" })]);
        Refused([olga, Release("omar", r => r with { ExpiresAt = World.Now })]);
        Refused([olga, Release("omar", r => r with { Version = 2 })]);
        Refused([olga, People.Ann.Sign(DocumentType.ScreeningRelease, Statement("omar"), World.Now)]);
        Refused([olga, People.Omar.Sign(DocumentType.Resolution, Statement("omar"), World.Now)]);
        Assert.True(AdmissionRule.Evaluate((Listed with { Releases = [olga, omar] }).AdmissionFacts).Verdict.IsAllowed);

        static void Refused(IReadOnlyList<string> releases) =>
            Assert.Equal(RefusalCode.ScreeningHit, AdmissionRule.Evaluate((Listed with { Releases = releases }).AdmissionFacts).Verdict.Code);
    }

    [Fact]
    public void Release_WhenMoreIsFoundSince_NoLongerCounts()
    {
        var released = Listed with { Releases = [Release("olga"), Release("omar")] };

        Assert.Equal(RefusalCode.ScreeningHit, AdmissionRule.Evaluate(WithMore(released, Hit)).Verdict.Code);
    }

    [Fact]
    public void Release_WhenANewerListSaysTheSame_StillCounts()
    {
        var newer = Listed with
        {
            Releases = [Release("olga"), Release("omar")],
            SanctionsList = Listed.SanctionsList with { PublishedAt = World.Now.AddDays(-1), Entries = SanctionsList.Order([.. Listed.SanctionsList.Entries, .. World.SanctionsList.Entries]) },
        };

        Assert.True(AdmissionRule.Evaluate(newer.AdmissionFacts).Verdict.IsAllowed);
    }

    [Property]
    public bool Together_IsTheSameInAnyOrder_AndAnotherForAnotherSet(NonEmptyArray<PositiveInt> found, PositiveInt more)
    {
        var digests = found.Get.Select(f => new ScreeningHit("list", $"{f.Get}", "").DigestOn(Subject)).ToList();
        var added = new ScreeningHit("other", $"{more.Get}", "").DigestOn(Subject);
        return ScreeningHit.Together(digests) == ScreeningHit.Together(digests.AsEnumerable().Reverse().Concat(digests))
            && ScreeningHit.Together(digests) != ScreeningHit.Together([.. digests, added]);
    }

    [Property]
    public bool Canonical_AnEvmAddressInAnyLetterCase_IsFound(byte[] seed, bool[] upper)
    {
        var bytes = System.Security.Cryptography.SHA256.HashData(seed)[..20];
        var typed = string.Concat(Convert.ToHexStringLower(bytes).Select((c, i) => upper.Length > 0 && upper[i % upper.Length] ? char.ToUpperInvariant(c) : c));
        var list = World.SanctionsList with { Entries = [new SanctionsEntry(SanctionedAddress.Canonical($" 0x{typed} ")!, "ETH", "1", "x")] };
        return list.HitsOn(Subject with { Address = new Core.Assets.EvmAddress(bytes).ToString() }).Any();
    }

    private static AdmissionFacts With(CustodyWorld world, params StopFact[] facts) => world.AdmissionFacts with { Stops = StopLines.Fold(facts) };

    private static AdmissionFacts WithMore(CustodyWorld world, params StopFact[] more) => With(world, [world.InForce, world.Activated, world.ListInForce, .. more]);

    private static AdmissionFacts Stored(CustodyWorld world, SignedDocument document) => world.AdmissionFacts with
    {
        Screening = world.ScreeningFacts with { Lists = new Dictionary<string, SignedDocument> { [world.SanctionsList.Digest()] = document } },
    };

    private static AdmissionFacts OtherSource()
    {
        var other = World with { SanctionsList = World.SanctionsList with { Source = "un" } };
        return With(other, World.InForce, World.Activated, other.ListInForce with { Subject = "ofac-sdn" });
    }

    private static AdmissionFacts Aged(Func<SanctionsListTerms, SanctionsListTerms> change, DateTimeOffset? chainTime = null) =>
        (World with { Governance = World.Governance with { Screening = Terms with { Lists = [change(Terms.Lists[0])] } }, ChainTime = chainTime ?? World.ChainTime }).AdmissionFacts;

    private static IReadOnlyList<string> SignedBy(SoftwareKey key) => Signing.Document(DocumentType.SanctionsList, World.SanctionsList, World.Now, key).Signatures;

    private static ScreeningRelease Statement(string operatorId) => new(
        1, World.WithdrawalId, 1, ScreeningHit.Together([new ScreeningHit("ofac-sdn", "4711", "").DigestOn(Subject)]), operatorId, "a false positive", World.Now, World.Now.AddDays(1));

    private static string Release(string operatorId, Func<ScreeningRelease, ScreeningRelease>? change = null) =>
        People.OperatorKey(operatorId).Sign(DocumentType.ScreeningRelease, change?.Invoke(Statement(operatorId)) ?? Statement(operatorId), World.Now);
}
