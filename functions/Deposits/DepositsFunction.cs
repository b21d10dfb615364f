using System.Globalization;
using Custody.Core.Callers;
using Custody.Core.Encoding;
using Custody.Core.Results;
using Custody.Core.Storage;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Deposits;

/// <summary>GET /deposits: what came in to our accounts on a chain, the highest block first, in pages.</summary>
public sealed class DepositsFunction(IDepositStore deposits)
{
    private const int Most = 200;

    /// <summary>Handles the call.</summary>
    [Function("ListDeposits")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/deposits")] HttpRequest request, CancellationToken cancellation)
    {
        var most = 50;
        if (request.Query["most"].ToString() is { Length: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most is < 1 or > Most))
        {
            return Problems.Of(RefusalCode.FieldInvalid, $"most must be between 1 and {Most}.", "most");
        }

        var chains = request.HttpContext.GetGovernance().Governed.Document.Chains.Where(c => c.Id.IsEvm).Select(c => c.Id).ToList();
        var asked = request.Query["chain"].ToString();
        if ((asked.Length == 0 ? chains : [.. chains.Where(c => c.ToString() == asked)]) is not [var chain])
        {
            return Problems.Of(RefusalCode.FieldInvalid, "chain must be the CAIP-2 id of a registered EVM chain; it may be left out where there is one.", "chain");
        }

        try
        {
            var page = await deposits.ListAsync(chain, most, request.Query["after"].ToString() is { Length: > 0 } after ? after : null, cancellation);
            return Replies.Ok(new
            {
                items = page.Items.Select(d => new
                {
                    id = d.Deposit.Id(),
                    status = d.Status,
                    asset = d.Deposit.Asset.ToString(),
                    amount = BaseUnitsJsonConverter.Format(d.Deposit.Amount),
                    vaultId = d.Deposit.VaultId,
                    from = d.Deposit.From,
                    transactionId = d.Deposit.TransactionId,
                    logIndex = d.Deposit.LogIndex,
                    blockNumber = d.Deposit.BlockNumber,
                    blockHash = d.Deposit.BlockHash,
                    seenAt = d.SeenAt,
                    changedAt = d.ChangedAt,
                }).ToList(),
                next = page.Continuation,
            });
        }
        catch (FormatException)
        {
            return Problems.Of(RefusalCode.FieldInvalid, "after must be the next of a page.", "after");
        }
    }
}
