using System.Numerics;
using Custody.Chains.Evm;
using Custody.Core.Admission;
using Custody.Core.Assets;
using Custody.Core.Gate;
using Custody.Core.Governance;
using Custody.Core.Policy;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Testing;
using Custody.Testing.World;
using Xunit;

namespace Custody.Vaults.Tests.Gate;

/// <summary>The table "Control → absent → deny" of docs/policy.md: each control is taken away in turn, and what it says is what happens.</summary>
public sealed class AbsenceTests
{
    private static readonly CustodyWorld World = CustodyWorld.Default;
    private static readonly PolicyRule Base = World.Governance.Rules[0];

    private static readonly Dictionary<string, Func<Task<RefusalCode>>> Absences = new(StringComparer.Ordinal)
    {
        ["the asset's registration"] = () => Admitted(World with { Governance = World.Governance with { Assets = [], Retail = null } }),
        ["a rule"] = () => Admitted(Ruled()),
        ["the customer's record"] = () => Admitted(World.AdmissionFacts with { Customer = null }),
        ["the request's signature"] = () =>
        {
            var bench = new GateBench();
            bench.EditDocument(CaseDocuments.Request, d => d with { Signature = null });
            return Refused(bench);
        },
        ["the entry's signatures"] = async () =>
        {
            var code = RefusalCode.Unspecified;
            foreach (var signers in (SoftwareKey[][])[[], [People.Ann, People.Cat], [People.Exchange, People.Ann]])
            {
                var bench = new GateBench();
                bench.Facts.Stored[(FactKind.WhitelistEntry, "entry-1")] = Signing.Document(DocumentType.WhitelistEntry, World.Entry, CustodyWorld.Start, signers);
                code = (await bench.RefusedUnaskedAsync(RefusalCode.WhitelistEntryUnsigned)).Code;
            }

            return code;
        },
        ["the entry's activation"] = () => Refused(new GateBench(World with { StopFacts = [World.InForce, World.ListInForce, World.QuorumReached] })),
        ["the unsigned bytes"] = () =>
        {
            var bench = new GateBench();
            bench.EditDocument(CaseDocuments.Unsigned(1), _ => null);
            return Refused(bench);
        },
        ["the comparison's certificate"] = () => Task.FromResult(Comparison.CertificateRule.Check(null, World.Intent, [], World.Governed, World.Now).Code),
        ["the whitelist entry"] = () => Admitted(World.AdmissionFacts with { Entry = null }),
        ["the destination's kind"] = () => Evaluated(Base with { Destinations = [DestinationKind.WhitelistedExternal] }),
        ["the time"] = () => Evaluated(Base with { Times = [new TimeWindow("Etc/UTC", "00:00", "24:00")] }),
        ["the signing journals"] = () => Admitted(Ruled(Base with { FirstUse = true }).AdmissionFacts with { Signings = null }),
        ["the price of the fee's coin"] = () =>
        {
            var shared = SampleToken.World with { Governance = SampleToken.Document with { Rules = [.. SampleToken.Document.Rules.Select(r => r with { Fee = r.Fee with { MaxTokenShareBasisPoints = 10_000 } })] } };
            return Admitted(shared.AdmissionFacts);
        },
        ["the price"] = async () =>
        {
            var limited = World with
            {
                Customer = World.Customer with { Class = Core.Customers.CustomerClass.Professional },
                Governance = World.Governance with { Retail = null, PlatformValue = new PlatformValueTerms(86_400, 1_000_000) },
            };
            Assert.Equal(RefusalCode.PriceMissing, await Admitted(limited.AdmissionFacts with { Prices = [] }));
            return await Admitted(World.AdmissionFacts with { Prices = [] });
        },
        ["the terms for prices"] = async () =>
        {
            // Retail terms cannot be without them either; a value asked of such a document has no price.
            Assert.Equal(RefusalCode.GovernanceInvalid, await Verified(World with { Governance = World.Governance with { Prices = null } }));
            return Core.Prices.PriceRule.Read(
                World.PriceDocuments, SampleGovernance.Ether, (World with { Governance = World.Governance with { Prices = null, Retail = null } }).Governed, World.Now, null).Verdict.Code;
        },
        ["the terms for retail"] = () => Admitted(World with { Governance = World.Governance with { Retail = null } }),
        ["a limit"] = async () =>
        {
            var code = RefusalCode.Unspecified;
            foreach (var scope in (LimitScope[])[LimitScope.Destination, LimitScope.Vault, LimitScope.Platform])
            {
                code = (await new GateBench(World with { Governance = World.Governance with { Limits = [.. World.Governance.Limits.Where(l => l.Scope != scope)] } })
                    .RefusedUnaskedAsync(RefusalCode.LimitMissing)).Code;
            }

            return code;
        },
        // These two are held where they are reserved, before there is an intent.
        ["the client's limit"] = () => Reserved(LimitScope.Client, World with { Governance = World.Governance with { Limits = [.. World.Governance.Limits.Where(l => l.Scope != LimitScope.Client)] } }),
        ["the value of a limited window"] = async () =>
        {
            var limited = World with { Governance = World.Governance with { PlatformValue = new PlatformValueTerms(86_400, 1_000_000) } };
            Assert.Equal(RefusalCode.LimitMissing, await Reserved(LimitScope.PlatformValue, limited, a => a with { Value = null }));
            return await Reserved(LimitScope.CustomerValue, limited, a => a with { Value = null });
        },
        ["the automatic limit"] = () => Verified(Ruled(Base with { Approvals = new Quorum(0, 0, null, Automatic: true) })),
        ["the quorum"] = async () => (await new GateBench(World with { Approving = [] }).RefusedUnaskedAsync(RefusalCode.QuorumMissing)).Code,
        ["the quorum's rule"] = () => Verified(Ruled(Base with { Approvals = new Quorum(0, 0, null) })),
        ["the vault"] = () => Verified(Ruled(Base with { VaultId = "" })),
        ["the vault's firmware"] = async () =>
        {
            foreach (var firmware in (IReadOnlyList<string>?[])[null, []])
            {
                var bench = new GateBench(World with { Governance = World.Governance with { Vaults = [.. World.Governance.Vaults.Select(v => v with { Firmware = firmware })] } });
                Assert.Equal(RefusalCode.VaultFirmwareNotGoverned, Assert.IsType<GateOutcome.NotYet>(await bench.SignAsync()).Code);
                Assert.Equal(0, bench.Hot.Asked);
            }

            return RefusalCode.VaultFirmwareNotGoverned;
        },
        ["the fee caps"] = async () =>
        {
            Assert.Equal(RefusalCode.FeeAboveEnvelope, await Admitted(Ruled(Base with { Fee = Base.Fee with { MaxTotal = 0 } })));
            Assert.Equal(RefusalCode.FeeAboveEnvelope, await Admitted(Ruled(Base with { Fee = Base.Fee with { MaxShareBasisPoints = 0 } })));
            return await Admitted(Ruled(Base with { Fee = Base.Fee with { MaxRate = BigInteger.Zero } }));
        },
        ["the terms for screening"] = () => Admitted(World with { Governance = World.Governance with { Screening = null } }),
        ["the sanctions list"] = async () =>
        {
            Assert.Equal(RefusalCode.SanctionsListMissing, await Admitted(World.AdmissionFacts with { Screening = World.ScreeningFacts with { Lists = new Dictionary<string, SignedDocument>() } }));
            return await Admitted(World.AdmissionFacts with { Stops = StopLines.Fold([World.InForce, World.Activated]) });
        },
        ["the screening"] = () => Admitted(World.AdmissionFacts with { Screening = null }),
        ["the screening provider's answer"] = () => Admitted(World with { Governance = World.Governance with { Screening = World.Governance.Screening! with { ProviderNeeded = true } } }),
        ["an approver's training"] = () => Refused(new GateBench(World with
        {
            Governance = World.Governance with { Approvers = [.. World.Governance.Approvers.Select(a => a.Id == "bob" ? a with { Training = null } : a)] },
        })),
        ["a device's evidence"] = () => Refused(new GateBench(World with
        {
            Governance = World.Governance with
            {
                Approvers = [.. World.Governance.Approvers.Select(a => a.Id == "bob" ? a with { Devices = [.. a.Devices.Select(d => d with { Evidence = null })] } : a)],
            },
        })),
        ["the terms for WebAuthn"] = () => Verified(Ruled(Base with { Approvals = Base.Approvals with { WebAuthn = true } })),
        ["the video call"] = () => Refused(new GateBench(Ruled(Base with { VideoConfirmation = true }))),
        ["the duress openings"] = () => Refused(new GateBench(DuressWorld.World)),
        ["the quorum's line"] = () => Refused(new GateBench(World with { StopFacts = [World.InForce, World.Activated, World.ListInForce] })),
        ["the chain's time"] = async () =>
        {
            var bench = new GateBench { ChainTime = null };
            var outcome = Assert.IsType<GateOutcome.Unknown>(await bench.SignAsync());
            Assert.Equal(0, bench.Hot.Asked);
            return outcome.Code;
        },
        ["the token's check"] = () =>
        {
            var world = SampleToken.World;
            var bench = new GateBench(world);
            bench.EditDocument(CaseDocuments.Unsigned(1), d => d with
            {
                Content = UnsignedTransaction.Encode(new EvmTokenTransfer(
                    31337, 7, 1_000_000_000, 2_000_000_000, 60_000, EvmAddress.Parse(SampleToken.Contract), EvmAddress.Parse(CustodyWorld.Destination), world.Request.Amount)),
            });
            return Refused(bench);
        },
        ["the vault's device"] = () =>
        {
            var bench = new GateBench();
            bench.Devices.Remove("hot-1");
            return Refused(bench);
        },
        ["governance"] = () =>
        {
            var bench = new GateBench();
            bench.Facts.Stored.Remove((FactKind.Governance, FactId.Governance(1)));
            return Refused(bench);
        },
    };

    private static readonly Dictionary<string, string> Table = File.ReadAllLines(RepositoryRoot.Of("docs", "policy.md"))
        .SkipWhile(l => l != "## Control → absent → deny").Skip(1).TakeWhile(l => !l.StartsWith("## ", StringComparison.Ordinal))
        .Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(2).Select(l => l.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(c => c[1], c => c[3].Trim('`'), StringComparer.Ordinal);

    public static TheoryData<string> Controls => [.. Table.Keys];

    [Fact]
    public void Table_AndTheseTests_NameTheSameControls() => Assert.Equal(Absences.Keys.Order(StringComparer.Ordinal), Table.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Controls))]
    public async Task Control_Absent_DeniesAsTheTableSays(string control) => Assert.Equal(Table[control], (await Absences[control]()).Text());

    private static Task<RefusalCode> Admitted(CustodyWorld world) => Admitted(world.AdmissionFacts);

    private static Task<RefusalCode> Admitted(AdmissionFacts facts)
    {
        var reading = AdmissionRule.Evaluate(facts);
        Assert.False(reading.Verdict.IsAllowed);
        return Task.FromResult(reading.Verdict.Code);
    }

    // What an admitted request would reserve, and what its window then says of an empty counter.
    private static Task<RefusalCode> Reserved(LimitScope scope, CustodyWorld world, Func<Admitted, Admitted>? edit = null)
    {
        var admitted = AdmissionRule.Evaluate(world.AdmissionFacts).Admitted!;
        var reservation = Core.Ledger.Reservations.For(edit is null ? admitted : edit(admitted), "hot-1", world.Governed);
        var window = Assert.Single(reservation.Windows, w => w.Limit.Scope == scope);
        return Task.FromResult(LimitRule.Check(window.Limit, scope, reservation.Asset, 0, window.Amount ?? reservation.Amount).Code);
    }

    private static async Task<RefusalCode> Refused(GateBench bench)
    {
        var refused = Assert.IsType<GateOutcome.Refused>(await bench.SignAsync());
        Assert.Equal(0, bench.Hot.Asked + bench.Warm.Asked);
        return refused.Code;
    }

    private static Task<RefusalCode> Evaluated(PolicyRule rule) =>
        Task.FromResult(PolicyEvaluator.Evaluate(World.Request, World.Customer.Class, Ruled(rule).Governed).Verdict.Code);

    private static Task<RefusalCode> Verified(CustodyWorld world) =>
        Task.FromResult(Assert.IsType<GovernanceReading.Refused>(GovernanceVerifier.Verify(world.GovernanceDocument, World.TrustRoot, World.Now)).Code);

    private static CustodyWorld Ruled(params PolicyRule[] rules) => World with { Governance = World.Governance with { Rules = rules } };
}
