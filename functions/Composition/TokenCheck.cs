using Custody.Chains.Evm;
using Custody.Core.Alerts;
using Custody.Core.Governance;
using Custody.Functions.Alerts;
using Custody.Functions.Chains;
using Microsoft.Extensions.Logging;

namespace Custody.Functions.Composition;

/// <summary>Each governed token is what its chain has. It stops no start: a token that is not the governed one is blocked wherever it is used, and people are told now.</summary>
public sealed partial class TokenCheck(PaymentChecks payments, AlertDesk alerts, ILogger<TokenCheck> log) : IStartCheck
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> ProblemsAsync(Governed governed, CancellationToken cancellation)
    {
        foreach (var asset in governed.Document.Assets.Where(a => a.Token is not null))
        {
            try
            {
                if (await payments.TokenAsync(asset.Id, governed, cancellation) is { IsAllowed: false } verdict)
                {
                    await alerts.RaiseAsync(AlertCode.TokenMismatch, asset.Id.ToString(), verdict.Detail, cancellation, governed.Digest);
                }
            }
            catch (Exception problem) when (problem is NodeUnavailableException or NodeAnswerException)
            {
                NodeAway(log, asset.Id.Chain.ToString(), problem.Message);
            }
        }

        return [];
    }

    [LoggerMessage(103, LogLevel.Warning, "The node of {Chain} does not answer; tokens are checked when they are paid: {Detail}")]
    private static partial void NodeAway(ILogger log, string chain, string detail);
}
