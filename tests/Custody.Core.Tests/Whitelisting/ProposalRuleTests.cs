using Custody.Core.Assets;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Core.Whitelisting;
using Custody.Testing.World;
using Xunit;
using static Custody.Core.Tests.Whitelisting.WhitelistTexts;

namespace Custody.Core.Tests.Whitelisting;

public sealed class ProposalRuleTests
{
    private static readonly WhitelistEntry Right = Entry("new", CustodyWorld.Destination) with { CreatedAt = Start };

    public static TheoryData<string, WhitelistEntry, RefusalCode> Wrong => new()
    {
        { "another client's", Right with { ClientId = "exchange-b" }, RefusalCode.SignatureKeyUnknown },
        { "another version", Right with { Version = 2 }, RefusalCode.BodyMalformed },
        { "no id", Right with { EntryId = "" }, RefusalCode.FieldInvalid },
        { "an id with a slash", Right with { EntryId = "a/b" }, RefusalCode.FieldInvalid },
        { "no label", Right with { Label = "" }, RefusalCode.FieldInvalid },
        { "a label that turns the line", Right with { Label = "a\u202Eb" }, RefusalCode.FieldInvalid },
        { "from the future", Right with { CreatedAt = Start.AddMinutes(2) }, RefusalCode.SignatureExpired },
        { "from yesterday", Right with { CreatedAt = Start.AddDays(-1) }, RefusalCode.SignatureExpired },
        { "an unknown chain", Right with { Chain = ChainId.Parse("eip155:5") }, RefusalCode.WhitelistOtherChain },
        { "a wrong checksum", Right with { Address = "0x70997970C51812dc3A010C7d01b50e0d17dc79c8" }, RefusalCode.AddressChecksumWrong },
        { "our own vault", Right with { Address = People.HotKey.Address.ToString() }, RefusalCode.DestinationForbidden },
        { "a memo", Right with { Memo = "1" }, RefusalCode.DestinationForbidden },
    };

    [Fact]
    public void Verify_ARightProposal_GivesTheEntry() => Assert.Equal(Right, Verify(Right).Entry);

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Verify_AWrongProposal_IsRefused(string what, WhitelistEntry entry, RefusalCode code) => Assert.Equal((what, code), (what, Verify(entry).Verdict.Code));

    [Fact]
    public void Verify_SomebodyElsesKeyOrDocument_IsRefused()
    {
        Assert.Equal(RefusalCode.SignatureKeyUnknown, Verify(Right, People.Ann).Verdict.Code);
        Assert.Equal(RefusalCode.SignatureKeyUnknown, Verify(Right, People.OtherExchange).Verdict.Code);
        Assert.Equal(
            RefusalCode.SignatureMalformed,
            ProposalRule.Verify(People.Exchange.Sign(DocumentType.Customer, Right, Start), CustodyWorld.Default.Governed, Start).Verdict.Code);
    }

    private static WhitelistReading Verify(WhitelistEntry entry, SoftwareKey? key = null) =>
        ProposalRule.Verify((key ?? People.Exchange).Sign(DocumentType.WhitelistEntry, entry, Start), CustodyWorld.Default.Governed, Start);
}
