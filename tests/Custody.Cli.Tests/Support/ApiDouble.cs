using System.Text;
using System.Text.Json;
using Custody.Cli.Initialisation.Keys;
using Custody.Cli.Initialisation.Plan;
using Custody.Core.Approvals;
using Custody.Core.Audit;
using Custody.Core.Callers;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Intents;
using Custody.Core.Journals;
using Custody.Core.Maintenance;
using Custody.Core.Operators;
using Custody.Core.Policy;
using Custody.Core.Reading;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Withdrawals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Custody.Cli.Tests.Support;

/// <summary>
/// The API as docs/api.md describes it, over loopback, with what a test puts into it. Tokens, requests, votes and statements
/// are verified with the pipeline's own rules, so that what the command signs is what the server accepts.
/// </summary>
internal sealed class ApiDouble : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HashSet<string> _usedTokens = [];

    private ApiDouble(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    public DemoSystem System { get; set; } = null!;

    public ApprovalBundle? Bundle { get; set; }

    /// <summary>What approvers are shown of a whitelist entry.</summary>
    public EntryBundle? Entry { get; set; }

    public WithdrawalState? State { get; set; }

    public AuditTrail? Audit { get; set; }

    public StopView Stops { get; set; } = StopView.Empty;

    public List<object> Alerts { get; } = [];

    public List<object> Drills { get; } = [];
    /// <summary>The digest of what screening found.</summary>
    public string? HitDigest { get; set; }

    /// <summary>What was posted and accepted, in order: the path and the body.</summary>
    public List<(string Path, string Body)> Accepted { get; } = [];

    /// <summary>When set, a write is accepted and the connection is cut instead of answering.</summary>
    public bool CutsAnswers { get; set; }

    public static async Task<(ApiDouble Api, DemoSystem System)> StartAsync(Func<InitialisationPlan, InitialisationPlan>? change = null, Func<string, string, Task<VaultKey>>? vaultKey = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var api = new ApiDouble(app);
        api.Map();
        await app.StartAsync();
        api.Url = app.Urls.Single();
        api.System = await DemoSystem.CreateAsync(api.Url, change, vaultKey);
        return (api, api.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        System.Dispose();
    }

    private WithdrawalIntent Intent => CanonicalJson.Deserialize<WithdrawalIntent>(Bytes(Bundle!.Intent!));

    private DateTimeOffset Now => System.Time.GetUtcNow();

    private void Map()
    {
        Get("/api/v1/governance/chain", CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator | CallerKind.Governor | CallerKind.PriceSource, (_, _) => Ok(new Core.Governance.GovernanceVersions([System.Draft.SignedGovernance])));
        Get("/api/v1/withdrawals", CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator, (_, request) =>
            Ok(new { items = State is null ? [] : new[] { View() }, continuation = request.Query["size"] == "1" ? "next" : null }));
        Get("/api/v1/withdrawals/{id}", CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator, (_, request) =>
            State is { } state && (string?)request.RouteValues["id"] == state.Id ? Ok(View()) : Problem(RefusalCode.NotFound, "There is no such withdrawal.", 404));
        Get("/api/v1/withdrawals/{id}/audit", CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator, (_, _) => Ok(Audit!));
        Get("/api/v1/withdrawals/{id}/bundle", CallerKind.Approver | CallerKind.Operator, (_, _) => Ok(Bundle!));
        Get("/api/v1/alerts", CallerKind.Operator, (_, _) => Ok(new { items = Alerts }));
        Get("/api/v1/freezes", CallerKind.Operator, (_, _) => Ok(new
        {
            items = Stops.FreezesInForce.Values.Select(f => new { scope = f.Subject, sequence = f.Sequence, at = f.At, reason = f.Reason }),
        }));
        Post("/api/v1/withdrawals", CallerKind.Exchange, Submit);
        Post("/api/v1/policy/evaluate", CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator, (_, _, body) =>
        {
            var request = ((RequestReading.Read)RequestReader.Read(Encoding.UTF8.GetBytes(body))).Request;
            var explained = PolicyEvaluator.Explain(request, Core.Customers.CustomerClass.Professional, System.Governed);
            var verdict = explained.Decision.Verdict;
            return Ok(new
            {
                allowed = verdict.IsAllowed,
                stage = "policy",
                code = verdict.IsAllowed ? null : verdict.Code.Text(),
                detail = verdict.IsAllowed ? null : verdict.Detail,
                ruleId = explained.Decision.Rule?.Id,
                rules = explained.Rules,
            });
        });
        Post("/api/v1/prices", CallerKind.PriceSource, (_, _, body) =>
        {
            var document = body.StartsWith('{') ? Core.Signatures.SignedDocument.FromBytes(Encoding.UTF8.GetBytes(body)) : Core.Signatures.SignedDocument.FromCompact(body)!;
            var claimed = CanonicalJson.Deserialize<Core.Prices.PriceEntry>(document.PayloadBytes());
            var reading = Core.Prices.PriceRule.Read([document], claimed.Asset, System.Governed, Now, chainTime: null);
            return reading.Entry is { } entry ? Ok(new { asset = entry.Asset.ToString(), asOf = entry.AsOf }) : Problem(reading.Verdict.Code, reading.Verdict.Detail, 409);
        });
        Post("/api/v1/withdrawals/{id}/approvals", CallerKind.Approver, (_, _, body) =>
        {
            var rule = System.Governed.Document.Rules[0];
            var intent = Bundle!.Amendment is { } amendment ? CanonicalJson.Deserialize<WithdrawalIntent>(Bytes(amendment.Intent)) : Intent;
            var vote = VoteRule.Verify(body, intent, System.Governed, StopView.Empty, Now);
            var tally = QuorumRule.Count([.. Bundle.Amendment?.Votes ?? Bundle.Votes, body], intent, Core.Amendments.AmendmentCaps.TermsOf(rule, intent.Kind)?.Approvals ?? rule.Approvals, System.Governed, StopView.Empty, Now);
            return vote.Statement is { } s ? Ok(new { id = intent.WithdrawalId, decision = s.Decision, approvals = tally.Approvals, needed = tally.Needed }) : Problem(vote.Verdict);
        });
        Post("/api/v1/withdrawals/{id}/cancellation", CallerKind.Exchange, (caller, _, body) =>
            Core.Signatures.Jws.Verify(body, Core.Signatures.DocumentType.Cancellation, System.Governed.Keys(Core.Governance.KeyRole.Client), Now)
                is Core.Signatures.JwsVerification.Valid valid
            && CanonicalJson.Deserialize<CancellationStatement>(valid.Payload) is { } statement && statement.ClientId == caller.Id
                ? Ok(new { id = statement.WithdrawalId, status = "cancelled" })
                : Problem(RefusalCode.SignatureInvalid, "The cancellation does not verify.", 401));
        Post("/api/v1/withdrawals/{id}/fee-bumps", CallerKind.Operator, (_, _, body) =>
        {
            var reading = Core.Amendments.FeeBumpRule.Verify(body, Intent, System.Governed, Now);
            return reading.Statement is { } s
                ? Results.Json(new { maxTotal = $"{s.MaxTotal}", maxRate = $"{s.MaxRate}", needed = 1, deadline = s.ExpiresAt }, statusCode: 202)
                : Problem(reading.Verdict);
        });
        Post("/api/v1/withdrawals/{id}/resolutions", CallerKind.Operator, (_, _, body) =>
        {
            var reading = ResolutionRule.Verify(body, State!, System.Governed, Now);
            var halves = Accepted.Where(a => a.Path.EndsWith("/resolutions", StringComparison.Ordinal)).Select(a => a.Body).Append(body);
            return !reading.Verdict.IsAllowed ? Problem(reading.Verdict)
                : ResolutionRule.Together(halves, State!, System.Governed, Now) == ResolutionAction.Unknown ? Results.Json(new { id = State!.Id, needed = 2 }, statusCode: 202)
                : Ok(new { id = State!.Id });
        });
        Get("/api/v1/devices/suspensions", CallerKind.Operator, (_, _) => Ok(new
        {
            items = Stops.SuspendedDevices.Values.Select(s => new { device = s.Subject, sequence = s.Sequence, at = s.At, reason = s.Reason }),
        }));
        Get("/api/v1/drills", CallerKind.Operator, (_, _) => Ok(new { items = Drills }));
        Post("/api/v1/withdrawals/{id}/approvals/withdraw", CallerKind.Approver, (_, _, body) =>
        {
            var (verdict, statement) = ApprovalWithdrawalRule.Verify(body, Intent, System.Governed, Stops, Now);
            return statement is null ? Problem(verdict) : Ok(new { id = statement.WithdrawalId, status = "awaitingApproval" });
        });
        Post("/api/v1/withdrawals/{id}/video-confirmations", CallerKind.Operator, (_, _, body) =>
        {
            var reading = VideoRule.Verify(body, Intent, System.Governed, Now);
            return reading.Statement is null ? Problem(reading.Verdict) : Ok(new { id = reading.Statement.WithdrawalId });
        });
        Post("/api/v1/drills", CallerKind.Operator, (_, _, body) =>
        {
            var reading = DrillRule.Verify(body, System.Governed, Now);
            return reading.Statement is null ? Problem(reading.Verdict) : Ok(new { id = reading.Statement.DrillId() });
        });
        Post("/api/v1/devices/reinstatements", CallerKind.Operator, (_, _, body) =>
        {
            var reading = ReinstatementRule.Verify(body, Stops, System.Governed, Now);
            var halves = Accepted.Where(a => a.Path == "/api/v1/devices/reinstatements").Select(a => a.Body).Append(body);
            return !reading.Verdict.IsAllowed ? Problem(reading.Verdict)
                : ReinstatementRule.Together(halves, Stops, System.Governed, Now).IsAllowed ? Ok(new { device = "alice/alice-1" })
                : Results.Json(new { device = "alice/alice-1" }, statusCode: 202);
        });
        Post("/api/v1/whitelist", CallerKind.Exchange, (_, _, body) =>
        {
            var reading = Core.Whitelisting.ProposalRule.Verify(body, System.Governed, Now);
            return reading.Entry is { } e ? Results.Json(new { id = e.EntryId, status = "proposed", digest = e.Digest() }, statusCode: 202) : Problem(reading.Verdict);
        });
        Get("/api/v1/whitelist/{id}", CallerKind.Exchange | CallerKind.Operator, (_, _) => Ok(new { id = Entry!.Id, status = Entry.Status, digest = KnownEntry.Digest() }));
        Get("/api/v1/whitelist/{id}/bundle", CallerKind.Approver, (_, _) => Ok(Entry!));
        Post("/api/v1/whitelist/{id}/approvals", CallerKind.Approver, (_, _, body) =>
        {
            var signed = Entry!.Entry! with { Signatures = [.. Entry.Entry!.Signatures, body] };
            var tally = Core.Whitelisting.WhitelistSignatures.Count(signed, KnownEntry.ClientId, System.Governed, [], Now);
            return Ok(new { id = Entry.Id, approvals = tally.Approvers.Count, needed = tally.Needed });
        });
        Post("/api/v1/whitelist/{id}/{action}", CallerKind.Exchange | CallerKind.Approver | CallerKind.Operator, (_, request, body) =>
        {
            var reading = Core.Whitelisting.WhitelistStatementRule.Verify(body, KnownEntry, System.Governed, Now);
            return reading.Statement is { } s && (string?)request.RouteValues["action"] == s.Action.ToString().ToLowerInvariant()
                ? Ok(new { id = s.EntryId, status = "done" })
                : Problem(reading.Verdict);
        });
        Get("/api/v1/withdrawals/{id}/screening", CallerKind.Operator, (_, _) => Ok(new
        {
            attempt = 1,
            allowed = false,
            detail = "It is listed.",
            hitDigest = HitDigest,
            hits = new[] { new ScreeningHit("ofac-sdn", "4711", "Somebody Listed") },
        }));
        Post("/api/v1/withdrawals/{id}/screening-release", CallerKind.Operator, (_, request, body) =>
        {
            var id = (string)request.RouteValues["id"]!;
            var reading = ScreeningReleaseRule.Verify(body, id, 1, HitDigest!, System.Governed, Now);
            var halves = Accepted.Where(a => a.Path.EndsWith("/screening-release", StringComparison.Ordinal)).Select(a => a.Body).Append(body);
            return !reading.Verdict.IsAllowed ? Problem(reading.Verdict)
                : ScreeningReleaseRule.Together(halves, id, 1, HitDigest!, System.Governed, Now).IsAllowed ? Ok(new { id })
                : Results.Json(new { id }, statusCode: 202);
        });
        Post("/api/v1/sanctions", CallerKind.Operator, (_, _, body) =>
        {
            var reading = SanctionsImportRule.Verify(body, System.Governed, Now);
            return reading.List is { } list ? Ok(new { source = list.Source }) : Problem(reading.Verdict);
        });
        Post("/api/v1/freezes", CallerKind.Operator, (_, _, body) =>
        {
            var reading = FreezeRule.Verify(body, System.Governed, Now);
            return reading.Statement is { } s ? Ok(new { scope = s.Scope, sequence = 7 }) : Problem(reading.Verdict);
        });
        Post("/api/v1/governance", CallerKind.Governor | CallerKind.Operator, (_, _, body) =>
            SuccessionRule.Check(System.Governed, CanonicalJson.DeserializeLoose<Core.Signatures.SignedDocument>(Encoding.UTF8.GetBytes(body)), Now) switch
            {
                GovernanceReading.Verified { Governed: var next } => Results.Json(
                    new { version = next.Document.Version, direction = next.Changes!.Direction == Core.Governance.Change.ChangeDirection.Tightens ? "tightens" : "weakens" }, statusCode: 202),
                GovernanceReading.Refused refused => Problem(refused.Code, refused.Detail, 422),
                _ => Problem(RefusalCode.Unspecified, "", 500),
            });
        Get("/api/v1/governance/proposals", CallerKind.Governor | CallerKind.Operator | CallerKind.Approver | CallerKind.Exchange, (_, _) => Ok(new
        {
            items = new[] { new { version = 2, digest = new string('b', 64), direction = "weakens", takesEffectAt = "2026-02-07T12:00:00Z", changes = new[] { "a change (weakens)" } } },
        }));
        Post("/api/v1/governance/vetoes", CallerKind.Governor, (_, _, body) =>
        {
            var (verdict, veto) = VetoRule.Verify(body, System.Governed, Stops, Now);
            return veto is { } v ? Ok(new { version = v.GovernanceVersion, digest = v.GovernanceDigest }) : Problem(verdict);
        });
        Get("/api/v1/maintenance/gap-fills", CallerKind.Operator, (_, _) => Ok(new
        {
            items = Accepted.Where(a => a.Path == "/api/v1/maintenance/gap-fills").Select(_ => new { vaultId = "hot-eth", nonce = 6, status = "proposed", signatures = 1, needed = 2 }),
        }));
        Post("/api/v1/maintenance/gap-fills", CallerKind.Operator, (_, _, body) =>
        {
            var reading = UpkeepStatementRule.Verify(body, System.Governed, Now);
            var statements = Accepted.Where(a => a.Path == "/api/v1/maintenance/gap-fills").Select(a => a.Body).Append(body);
            return reading.Statement is not { } s ? Problem(reading.Verdict)
                : UpkeepStatementRule.Together(statements, s.ToOrder(), System.Governed, Now).IsAllowed ? Ok(new { id = s.ToOrder().Id() })
                : Results.Json(new { id = s.ToOrder().Id(), signatures = 1, needed = 2 }, statusCode: 202);
        });
        Get("/api/v1/maintenance/rewinds", CallerKind.Operator, (_, _) => Ok(new
        {
            items = new[] { new { chain = "eip155:31337", block = 110, blockHash = "0x" + new string('a', 64), stopped = true } },
        }));
        Post("/api/v1/maintenance/rewinds", CallerKind.Operator, (_, _, body) =>
        {
            var reading = RewindRule.Verify(body, System.Governed, Now);
            var halves = Accepted.Where(a => a.Path == "/api/v1/maintenance/rewinds").Select(a => a.Body).Append(body);
            return reading.Statement is not { } s ? Problem(reading.Verdict)
                : RewindRule.Together(halves, s.ToOrder(), System.Governed, Now).IsAllowed ? Ok(new { s.Block, affected = Array.Empty<string>() })
                : Results.Json(new { s.Block, signatures = 1, needed = 2 }, statusCode: 202);
        });
        Post("/api/v1/thaws", CallerKind.Operator, (_, _, body) =>
        {
            var reading = ThawRule.Verify(body, Stops, System.Governed, Now);
            var halves = Accepted.Where(a => a.Path == "/api/v1/thaws").Select(a => a.Body).Append(body);
            return !reading.Verdict.IsAllowed ? Problem(reading.Verdict)
                : ThawRule.Together(halves, Stops, System.Governed, Now).IsAllowed ? Ok(new { scope = reading.Statement!.Scope })
                : Results.Json(new { scope = reading.Statement!.Scope }, statusCode: 202);
        });
    }

    private Core.Whitelisting.WhitelistEntry KnownEntry => CanonicalJson.Deserialize<Core.Whitelisting.WhitelistEntry>(Entry!.Entry!.PayloadBytes());

    private IResult Submit(Caller caller, HttpRequest request, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        if (RequestReader.Read(bytes) is not RequestReading.Read { Request: var read })
        {
            return Problem(RefusalCode.BodyMalformed, "The body is malformed.", 400);
        }

        var verdict = RequestSignature.Verify(bytes, request.Headers["X-Custody-Signature"], caller.Id, System.Governed, Now, out _);
        return !verdict.IsAllowed ? Problem(verdict) : Results.Json(
            new { id = WithdrawalId.Derive(read.ClientId, read.RequestId), status = "received" }, CanonicalJson.Options, statusCode: read.RequestId == "again" ? 200 : 202);
    }

    private void Get(string route, CallerKind allowed, Func<Caller, HttpRequest, IResult> handle) => _app.MapGet(route, (HttpRequest request) =>
    {
        var reading = Authenticate(request, allowed);
        return reading.Caller is { } caller && reading.Verdict.IsAllowed ? handle(caller, request) : Problem(reading.Verdict);
    });

    private void Post(string route, CallerKind allowed, Func<Caller, HttpRequest, string, IResult> handle) => _app.MapPost(route, async (HttpRequest request) =>
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var reading = Authenticate(request, allowed);
        if (reading.Caller is not { } caller || !reading.Verdict.IsAllowed)
        {
            return Problem(reading.Verdict);
        }

        var jose = route is not ("/api/v1/withdrawals" or "/api/v1/governance" or "/api/v1/policy/evaluate") && !(route == "/api/v1/prices" && body.StartsWith('{'));
        if (!_usedTokens.Add(caller.TokenId) || request.ContentType != (jose ? "application/jose" : "application/json"))
        {
            return Problem(RefusalCode.CallTokenReplayed, "The token was used before, or the content type is wrong.", 401);
        }

        var result = handle(caller, request, body);
        if (result is IStatusCodeHttpResult { StatusCode: null or < 300 })
        {
            Accepted.Add((request.Path, body));
            if (CutsAnswers)
            {
                request.HttpContext.Abort();
            }
        }

        return result;
    });

    private CallerReading Authenticate(HttpRequest request, CallerKind allowed)
    {
        var header = request.Headers.Authorization.ToString();
        var reading = CallTokenRule.Verify(header.StartsWith("Bearer ", StringComparison.Ordinal) ? header[7..] : null, "custody-local", System.Governed, Now);
        return reading.Caller is { } caller && !allowed.HasFlag(caller.Kind)
            ? new CallerReading(Verdict.Refused(RefusalCode.CallerNotAllowed, $"This is not for the caller '{caller.Id}'."), null)
            : reading;
    }

    private object View() => new
    {
        id = State!.Id,
        status = JsonNamingPolicy.CamelCase.ConvertName(State.Status.ToString()),
        clientId = State.ClientId,
        customerId = State.CustomerId,
        requestId = State.RequestId,
        asset = State.Asset,
        amount = State.Amount,
        whitelistEntryId = State.WhitelistEntryId,
        createdAt = State.CreatedAt,
        updatedAt = State.UpdatedAt,
        attempt = State.Attempt,
        intentDigest = State.IntentDigest,
        reason = State.Reason == RefusalCode.Unspecified ? null : State.Reason.Text(),
        reasonDetail = State.ReasonDetail,
        hold = State.Hold == 0 ? (int?)null : State.Hold,
        transactionId = State.TransactionId,
    };

    private static byte[] Bytes(string text) => Core.Signatures.StrictBase64Url.TryDecode(text, out var bytes) ? bytes : [];

    private static IResult Ok<T>(T body) => Results.Json(body, CanonicalJson.Options);

    private static IResult Problem(Verdict verdict) => Problem(verdict.Code, verdict.Detail, 401);

    private static IResult Problem(RefusalCode code, string detail, int status) =>
        Results.Json(new { title = "Refused.", status, detail, code = code.Text() }, contentType: "application/problem+json", statusCode: status);

    internal sealed record AuditTrail(string Subject, IReadOnlyList<AuditRecord> Records, string Head);
}
