using Custody.Core.Callers;
using Custody.Core.Governance;
using Custody.Core.Reading;
using Custody.Core.Results;
using Custody.Functions.Composition;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Approvals;

/// <summary>
/// GET /withdrawals/{id}/reading: the page that <c>custody approve</c> shows, verified here in place of the device. Good for
/// reading along; an approver's device believes its own page and no other.
/// </summary>
public sealed class ReadingFunction(BundleReader bundles, CustodySettings settings, TimeProvider time)
{
    /// <summary>Handles the call.</summary>
    [Function("ShowReading")]
    [Callers(CallerKind.Approver)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/withdrawals/{id}/reading")] HttpRequest request, string id, CancellationToken cancellation)
    {
        var inForce = request.HttpContext.GetGovernance();
        if (await bundles.ReadAsync(id, inForce, cancellation) is not { } bundle)
        {
            return Problems.Of(RefusalCode.NotFound, "There is no such withdrawal.");
        }

        var caller = request.HttpContext.GetCaller();
        var device = inForce.Governed.Holder(caller.KeyId, KeyRole.ApproverDevice)?.DeviceId ?? "";
        var now = time.GetUtcNow();
        switch (BundleVerifier.Verify(bundle, new BundleTerms(id, settings.TrustRoot, null, caller.Id, device, caller.KeyId), now))
        {
            case BundleReading.Verified verified:
                return Page(IntentRenderer.Render(verified.Bundle, now));
            case BundleReading.VerifiedAmendment verified:
                return Page(AmendmentRenderer.Render(verified.Amendment, now));
            case BundleReading.Refused refused:
                return Problems.Of(refused.Code, refused.Detail);
            default:
                return Problems.Of(default(Verdict));
        }
    }

    private static IResult Page(IntentPage page) => Replies.Ok(new { title = page.Title, sections = page.Sections, text = page.ToString() });
}
