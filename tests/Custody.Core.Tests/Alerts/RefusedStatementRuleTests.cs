using Custody.Core.Alerts;
using Custody.Core.Results;
using Custody.Testing.World;
using Xunit;

namespace Custody.Core.Tests.Alerts;

public sealed class RefusedStatementRuleTests
{
    private static readonly RefusalCode[] Told =
    [
        RefusalCode.GovernanceSuperseded, RefusalCode.SelfApproval, RefusalCode.DuplicateVote, RefusalCode.VoteWithdrawn, RefusalCode.CallerNotAllowed,
        RefusalCode.DeviceUnknown, RefusalCode.DeviceSuspended, RefusalCode.SignatureKeyUnknown, RefusalCode.KeyNotValid, RefusalCode.TrainingExpired,
        RefusalCode.DeviceEvidenceExpired, RefusalCode.WhitelistCoolingOff, RefusalCode.WhitelistEntryEnded, RefusalCode.GovernanceUnsigned,
    ];

    [Fact]
    public void IsTold_EveryCode_IsAClosedSet() =>
        Assert.Equal(Told.Order(), Enum.GetValues<RefusalCode>().Where(RefusedStatementRule.IsTold));

    [Fact]
    public void Occasion_AThousandInADay_IsOne()
    {
        var midnight = new DateTimeOffset(CustodyWorld.Start.UtcDateTime.Date, TimeSpan.Zero);
        var occasions = Enumerable.Range(0, 1000).Select(n => Alert(RefusalCode.SelfApproval, "device-ann", midnight.AddMinutes(n)));

        Assert.Single(occasions.Distinct());
    }

    [Fact]
    public void Occasion_AnotherKindKeyOrDay_IsAnother()
    {
        var at = CustodyWorld.Start;
        string[] keys =
        [
            Alert(RefusalCode.SelfApproval, "device-ann", at),
            Alert(RefusalCode.DuplicateVote, "device-ann", at),
            Alert(RefusalCode.SelfApproval, "device-bob", at),
            Alert(RefusalCode.SelfApproval, "device-ann", at.AddDays(1)),
        ];

        Assert.Equal(4, keys.Distinct().Count());
    }

    private static string Alert(RefusalCode code, string keyId, DateTimeOffset at) =>
        Core.Alerts.Alert.About(AlertCode.RefusedStatement, keyId, "It was refused.", at, RefusedStatementRule.Occasion(code, at)).DedupeKey;
}
