using System.Globalization;
using Custody.Core.Audit;
using Custody.Core.Callers;
using Custody.Core.Intents;
using Custody.Core.Results;
using Custody.Core.Withdrawals;
using Custody.Functions.Approvals;
using Custody.Functions.Composition;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Withdrawals;

/// <summary>GET /withdrawals, /withdrawals/{id} and /withdrawals/{id}/audit.</summary>
public sealed class ShowFunctions(IWithdrawalStore store, DrillDesk drills, CustodySettings settings)
{
    private const int DefaultSize = 50;
    private const int MaxSize = 200;

    /// <summary>One withdrawal.</summary>
    [Function("ShowWithdrawal")]
    [Callers(CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator)]
    public async Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/withdrawals/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        (await DrillAsync(request, id, cancellation) ?? await FindAsync(request, id, cancellation)) is { } file ? Replies.Ok(WithdrawalView.Of(file.State, settings.PublicUrl)) : NotFound();

    /// <summary>Withdrawals, newest first; an exchange's own, everybody's for approvers and operators.</summary>
    [Function("ListWithdrawals")]
    [Callers(CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/withdrawals")] HttpRequest request, CancellationToken cancellation)
    {
        var caller = request.HttpContext.GetCaller();
        WithdrawalStatus? status = null;
        if (request.Query["status"].ToString() is { Length: > 0 } text)
        {
            status = Enum.GetValues<WithdrawalStatus>().Where(s => StatusText.Of(s) == text && s != WithdrawalStatus.Unknown).Cast<WithdrawalStatus?>().FirstOrDefault();
            if (status is null)
            {
                return Problems.Of(RefusalCode.FieldInvalid, $"'{text}' is not a status such as awaitingApproval.", "status");
            }
        }

        var size = DefaultSize;
        if (request.Query["size"].ToString() is { Length: > 0 } number
            && (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > MaxSize))
        {
            return Problems.Of(RefusalCode.FieldInvalid, $"size must be between 1 and {MaxSize}.", "size");
        }

        var continuation = request.Query["continuation"].ToString() is { Length: > 0 } token ? token : null;
        try
        {
            var page = await store.ListAsync(caller.Kind == CallerKind.Exchange ? caller.Id : null, status, size, continuation, cancellation);
            return Replies.Ok(new { items = page.Items.Select(s => WithdrawalView.Of(s, settings.PublicUrl)).ToList(), continuation = page.Continuation });
        }
        catch (FormatException)
        {
            return Problems.Of(RefusalCode.FieldInvalid, "continuation must be what a page before returned.", "continuation");
        }
    }

    /// <summary>A withdrawal's audit trail with the head that its file records.</summary>
    [Function("ShowAudit")]
    [Callers(CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator)]
    public async Task<IResult> AuditAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/withdrawals/{id}/audit")] HttpRequest request, string id, CancellationToken cancellation)
    {
        if (await FindAsync(request, id, cancellation) is not { } file)
        {
            return NotFound();
        }

        IReadOnlyList<AuditRecord> records = await store.AuditAsync(id, cancellation);
        return Replies.Ok(new { subject = id, records, head = file.State.AuditHead });
    }

    private async Task<WithdrawalCase?> FindAsync(HttpRequest request, string id, CancellationToken cancellation) => WithdrawalId.IsValid(id)
        ? CaseAccess.For(request.HttpContext.GetCaller(), await store.LoadAsync(id, cancellation))
        : null;

    // To an approver a drill looks like any withdrawal; for an exchange it does not exist.
    private async Task<WithdrawalCase?> DrillAsync(HttpRequest request, string id, CancellationToken cancellation) =>
        request.HttpContext.GetCaller().Kind == CallerKind.Exchange ? null : await drills.ShowAsync(id, request.HttpContext.GetGovernance().Stops, cancellation);

    private static IResult NotFound() => Problems.Of(RefusalCode.NotFound, "There is no such withdrawal for this caller.");
}
