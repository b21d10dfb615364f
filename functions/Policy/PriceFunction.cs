using System.Text.Json;
using Custody.Core.Alerts;
using Custody.Core.Callers;
using Custody.Core.Encoding;
using Custody.Core.Prices;
using Custody.Core.Results;
using Custody.Core.Signatures;
using Custody.Functions.Alerts;
using Custody.Functions.Audit;
using Custody.Functions.Governance;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Policy;

/// <summary>
/// POST /prices: a source posts a signed price, or one that two sources signed. One that is stale, or that moved further than governance
/// believes of one source alone, is refused, written down and alerted, and not stored.
/// </summary>
public sealed class PriceFunction(IPriceStore prices, AlertDesk alerts, DoorAudit door, TimeProvider time)
{
    /// <summary>Handles the call.</summary>
    [Function("PostPrice")]
    [Callers(CallerKind.PriceSource)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/prices")] HttpRequest request, CancellationToken cancellation)
    {
        if (await RequestBody.ReadCompactAsync(request, cancellation) is not { } compact
            || Document(compact) is not { } document || Claimed(document) is not { } claimed)
        {
            return Problems.Of(RefusalCode.BodyMalformed, "The body must be a compact JWS of typ custody-price+jws over a price, or a price with several such signatures beside it.");
        }

        var inForce = request.HttpContext.GetGovernance();
        var now = time.GetUtcNow();
        // One that governance dropped counts in the platform's window until what left of it has left that.
        if (inForce.Governed.EveryAsset.All(a => a.Id != claimed.Asset))
        {
            return Problems.Of(RefusalCode.AssetUnknown, $"The asset {claimed.Asset} is not registered.", "asset");
        }

        var reading = PriceRule.Verify(document, claimed.Asset, inForce.Governed, now);
        if (reading.Price is not { Entry: var entry } price)
        {
            return Problems.Of(reading.Verdict);
        }

        var stored = await prices.NewestAsync(entry.Asset, cancellation);
        var verdict = Acceptable(entry, document, stored, inForce, now);
        if (!verdict.IsAllowed)
        {
            await door.RefusedAsync("PostPrice", verdict, request.HttpContext.GetCaller().Id, cancellation);
            if (verdict.Code is RefusalCode.PriceAbsurd or RefusalCode.PriceStale)
            {
                // An absurd one of each time is told; of stale ones, which a source may repeat for hours, one a day.
                var occasion = verdict.Code == RefusalCode.PriceAbsurd ? InstantJsonConverter.Format(entry.AsOf) : $"stale {now.UtcDateTime:yyyyMMdd}";
                await alerts.RaiseAsync(AlertCode.PriceUnusable, entry.Asset.ToString(), verdict.Detail, cancellation, occasion);
            }

            return Problems.Of(verdict);
        }

        await prices.WriteAsync(price, document, cancellation);
        return Replies.Ok(new { asset = entry.Asset.ToString(), asOf = entry.AsOf });
    }

    private static Verdict Acceptable(PriceEntry entry, SignedDocument document, IReadOnlyList<SignedDocument> stored, GovernanceSnapshot.InForce inForce, DateTimeOffset now)
    {
        var newest = stored.Select(d => PriceRule.Verify(d, entry.Asset, inForce.Governed, now).Price?.Entry).OfType<PriceEntry>().MaxBy(e => e.AsOf);
        return newest == entry ? Verdict.Allowed
            : newest?.AsOf >= entry.AsOf ? Verdict.Refused(RefusalCode.RequestConflict, "There is a price of that time, or a newer one, already.")
            : PriceRule.Read([document, .. stored], entry.Asset, inForce.Governed, now, chainTime: null).Verdict;
    }

    private static SignedDocument? Document(string body)
    {
        try
        {
            return body.StartsWith('{') ? SignedDocument.FromBytes(System.Text.Encoding.ASCII.GetBytes(body)) : SignedDocument.FromCompact(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static PriceEntry? Claimed(SignedDocument document)
    {
        try
        {
            return CanonicalJson.Deserialize<PriceEntry>(document.PayloadBytes());
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
