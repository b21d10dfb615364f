using Custody.Core.Gate;
using Custody.Core.Results;
using Microsoft.Extensions.Logging;

namespace Custody.Vaults.Gate;

/// <summary>The gate's log, event ids 5000–5099. Digests are public; keys and PINs never come here.</summary>
internal static partial class GateLog
{
    public static void Outcome(ILogger log, string withdrawalId, GateOutcome outcome)
    {
        switch (outcome)
        {
            case GateOutcome.Signed signed:
                Signed(log, withdrawalId, signed.TransactionId);
                break;
            case GateOutcome.Refused refused:
                Refused(log, withdrawalId, refused.Code.Text(), refused.Detail);
                break;
            case GateOutcome.Unknown unknown:
                Unknown(log, withdrawalId, unknown.Code.Text(), unknown.Detail);
                break;
            case GateOutcome.NotYet { Code: not RefusalCode.Unspecified } mend:
                Mend(log, withdrawalId, mend.Code.Text(), mend.Detail);
                break;
            case GateOutcome.NotYet notYet:
                NotYet(log, withdrawalId, notYet.Until);
                break;
        }
    }

    [LoggerMessage(5000, LogLevel.Information, "The gate signed {WithdrawalId}: transaction {TransactionId}")]
    private static partial void Signed(ILogger log, string withdrawalId, string transactionId);

    [LoggerMessage(5001, LogLevel.Warning, "The gate refused {WithdrawalId}: {Code}: {Detail}")]
    private static partial void Refused(ILogger log, string withdrawalId, string code, string detail);

    [LoggerMessage(5002, LogLevel.Warning, "The gate has no answer for {WithdrawalId}: {Code}: {Detail}")]
    private static partial void Unknown(ILogger log, string withdrawalId, string code, string detail);

    [LoggerMessage(5004, LogLevel.Warning, "The gate waits with {WithdrawalId} until it is mended: {Code}: {Detail}")]
    private static partial void Mend(ILogger log, string withdrawalId, string code, string detail);

    [LoggerMessage(5003, LogLevel.Information, "The gate waits with {WithdrawalId} until {Until}")]
    private static partial void NotYet(ILogger log, string withdrawalId, DateTimeOffset until);
}
