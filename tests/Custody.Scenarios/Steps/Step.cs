using System.Text.Json.Serialization;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Steps;

/// <summary>A step of a script; <c>do</c> names it. tests/Scenarios/README.md documents each for those who write scripts.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "do", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(SubmitStep), "submit")]
[JsonDerivedType(typeof(ApproveStep), "approve")]
[JsonDerivedType(typeof(RejectStep), "reject")]
[JsonDerivedType(typeof(CancelStep), "cancel")]
[JsonDerivedType(typeof(ResolveStep), "resolve")]
[JsonDerivedType(typeof(FreezeStep), "freeze")]
[JsonDerivedType(typeof(ThawStep), "thaw")]
[JsonDerivedType(typeof(FillGapStep), "fillGap")]
[JsonDerivedType(typeof(FundGasStep), "fundGas")]
[JsonDerivedType(typeof(DepositStep), "deposit")]
[JsonDerivedType(typeof(ExpectDepositStep), "expectDeposit")]
[JsonDerivedType(typeof(ExpectFillStep), "expectFill")]
[JsonDerivedType(typeof(ExpectFundingStep), "expectFunding")]
[JsonDerivedType(typeof(GovernStep), "govern")]
[JsonDerivedType(typeof(VetoStep), "veto")]
[JsonDerivedType(typeof(ExpectGovernanceStep), "expectGovernance")]
[JsonDerivedType(typeof(PriceStep), "price")]
[JsonDerivedType(typeof(WithdrawVoteStep), "withdrawVote")]
[JsonDerivedType(typeof(ReinstateStep), "reinstate")]
[JsonDerivedType(typeof(DrillStep), "drill")]
[JsonDerivedType(typeof(AnswerDrillStep), "answerDrill")]
[JsonDerivedType(typeof(ConfirmVideoStep), "confirmVideo")]
[JsonDerivedType(typeof(CallStep), "call")]
[JsonDerivedType(typeof(WhitelistProposeStep), "whitelistPropose")]
[JsonDerivedType(typeof(WhitelistApproveStep), "whitelistApprove")]
[JsonDerivedType(typeof(WhitelistSayStep), "whitelistSay")]
[JsonDerivedType(typeof(ExpectEntryStep), "expectEntry")]
[JsonDerivedType(typeof(SignVoteStep), "signVote")]
[JsonDerivedType(typeof(ReleaseScreeningStep), "releaseScreening")]
[JsonDerivedType(typeof(ImportSanctionsStep), "importSanctions")]
[JsonDerivedType(typeof(ProviderStep), "provider")]
[JsonDerivedType(typeof(AwaitStep), "await")]
[JsonDerivedType(typeof(MoveClockStep), "moveClock")]
[JsonDerivedType(typeof(MineStep), "mine")]
[JsonDerivedType(typeof(MiningStep), "mining")]
[JsonDerivedType(typeof(BaseFeeStep), "baseFee")]
[JsonDerivedType(typeof(KillAppStep), "killApp")]
[JsonDerivedType(typeof(AwaitAppEndStep), "awaitAppEnd")]
[JsonDerivedType(typeof(StopAppStep), "stopApp")]
[JsonDerivedType(typeof(StartAppStep), "startApp")]
[JsonDerivedType(typeof(SetSettingStep), "setSetting")]
[JsonDerivedType(typeof(NodeStep), "node")]
[JsonDerivedType(typeof(DeliverStep), "deliver")]
[JsonDerivedType(typeof(VaultStep), "vault")]
[JsonDerivedType(typeof(TokensStep), "tokens")]
[JsonDerivedType(typeof(BuilderStep), "builder")]
[JsonDerivedType(typeof(AssemblerStep), "assembler")]
[JsonDerivedType(typeof(SelfTestStep), "selfTest")]
[JsonDerivedType(typeof(StoreStep), "store")]
[JsonDerivedType(typeof(ReorganiseStep), "reorganise")]
[JsonDerivedType(typeof(StealStep), "steal")]
[JsonDerivedType(typeof(SetVaultBalanceStep), "setVaultBalance")]
[JsonDerivedType(typeof(RegisterTokenStep), "registerToken")]
[JsonDerivedType(typeof(ChangeTokenCodeStep), "changeTokenCode")]
[JsonDerivedType(typeof(TamperRowStep), "tamperRow")]
[JsonDerivedType(typeof(DeleteRowStep), "deleteRow")]
[JsonDerivedType(typeof(PutRowStep), "putRow")]
[JsonDerivedType(typeof(TamperBlobStep), "tamperBlob")]
[JsonDerivedType(typeof(DeleteBlobStep), "deleteBlob")]
[JsonDerivedType(typeof(BackUpStep), "backUp")]
[JsonDerivedType(typeof(RestoreStep), "restore")]
[JsonDerivedType(typeof(DurableStep), "durable")]
[JsonDerivedType(typeof(ForgeHistoryStep), "forgeHistory")]
[JsonDerivedType(typeof(ExpectAlertStep), "expectAlert")]
[JsonDerivedType(typeof(ExpectAuditStep), "expectAudit")]
[JsonDerivedType(typeof(ExpectFreezeStep), "expectFreeze")]
[JsonDerivedType(typeof(ExpectChainStep), "expectChain")]
[JsonDerivedType(typeof(ExpectSignaturesStep), "expectSignatures")]
[JsonDerivedType(typeof(ExpectCustomStatusStep), "expectCustomStatus")]
[JsonDerivedType(typeof(ExpectInstanceStep), "expectInstance")]
[JsonDerivedType(typeof(ExpectLostStep), "expectLost")]
internal abstract record Step
{
    /// <summary>For whoever reads the script.</summary>
    public string? Note { get; init; }

    /// <summary>What is wrong with the step itself, found before anything is played; null when nothing is.</summary>
    public virtual string? Problem() => null;

    /// <summary>Does it; throws <see cref="ScenarioException"/> when it does not hold.</summary>
    public abstract Task RunAsync(World world, CancellationToken cancellation);
}
