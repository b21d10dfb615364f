using Custody.Core.Audit;
using Custody.Core.Callers;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Core.Results;
using Custody.Core.Screening;
using Custody.Core.Signatures;
using Custody.Core.Storage;
using Custody.Core.Withdrawals;
using Custody.Functions.Governance;
using Custody.Functions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.Functions.Screening;

/// <summary>GET and POST /sanctions: the sanctions lists that governance asks for, and their import.</summary>
public sealed class SanctionsFunctions(IStopJournal stops, IFactStore facts, IAuditTrail trail, TimeProvider time)
{
    private const int MaxLength = 3 * 1024 * 1024;

    /// <summary>Each governed list with its provenance, and whether it may be screened against now.</summary>
    [Function("ListSanctions")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sanctions")] HttpRequest request, CancellationToken cancellation)
    {
        var inForce = request.HttpContext.GetGovernance();
        var lists = await SanctionsLists.ReadAsync(facts, inForce.Governed, inForce.Stops, cancellation);
        return Replies.Ok(new { items = (inForce.Governed.Document.Screening?.Lists ?? []).Select(t => View(t, lists, inForce)).ToList() });
    }

    /// <summary>An operator vouches for a list. One that loses addresses comes into force with the second person's signature.</summary>
    [Function("ImportSanctions")]
    [Callers(CallerKind.Operator)]
    public async Task<IResult> ImportAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sanctions")] HttpRequest request, CancellationToken cancellation)
    {
        if (await RequestBody.ReadCompactAsync(request, cancellation, MaxLength) is not { } compact)
        {
            return Problems.Of(RefusalCode.BodyMalformed, $"The body must be a compact JWS of typ {DocumentType.SanctionsList} of at most {MaxLength} bytes.");
        }

        var inForce = request.HttpContext.GetGovernance();
        var reading = SanctionsImportRule.Verify(compact, inForce.Governed, time.GetUtcNow());
        if (reading.List is not { } list)
        {
            return Problems.Of(reading.Verdict);
        }

        var line = inForce.Stops.SanctionsListOf(list.Source);
        var current = await CurrentAsync(line, cancellation);
        var newer = SanctionsImportRule.NotOlder(list, current);
        if (!newer.IsAllowed)
        {
            return Problems.Of(newer);
        }

        var signed = SignedDocument.FromCompact(compact)!;
        IReadOnlyList<SignedDocument> halves = [signed];
        if (SanctionsImportRule.LosesAddresses(list, current, isFirst: line is null))
        {
            halves = await HalvesAsync(list, reading.Operator!, compact, cancellation);
            if (SanctionsImportRule.People(halves.Select(h => h.ToCompact()), list.Digest(), inForce.Governed, time.GetUtcNow()) < 2)
            {
                return Replies.Accepted(new { source = list.Source, digest = list.Digest(), signatures = 1, needed = 2 });
            }
        }

        return await PutInForceAsync(list, line, signed, [.. halves.SelectMany(h => h.Signatures).Distinct(StringComparer.Ordinal)], reading.Operator!, cancellation);
    }

    private async Task<IResult> PutInForceAsync(
        SanctionsList list, StopEntry? before, SignedDocument signed, IReadOnlyList<string> evidence, Operator importer, CancellationToken cancellation)
    {
        var digest = list.Digest();
        if (await facts.WriteAsync(FactKind.SanctionsList, digest, signed, cancellation) == CommitOutcome.Conflict
            && (await facts.ReadAsync(FactKind.SanctionsList, digest, cancellation))?.Payload != signed.Payload)
        {
            return Problems.Of(RefusalCode.SanctionsListTampered, "Something else is stored under this list's digest.");
        }

        // What was compared with must still be the list in force.
        var appended = false;
        var journal = await stops.AppendAsync(
            head =>
            {
                appended = head.View.SanctionsListOf(list.Source)?.Sequence == before?.Sequence;
                return appended ? new StopFact(StopKind.SanctionsListInForce, list.Source, $"{importer.Id} imported it.", Digest: digest, Evidence: evidence) : null;
            },
            cancellation);
        if (!appended)
        {
            return Problems.Of(RefusalCode.SanctionsListOlder, "Another import came into force meanwhile; import again.");
        }

        await trail.AppendAsync(
            $"sanctions-{list.Source}",
            [new AuditEvent("sanctions", "imported", importer.Id, Detail: $"{list.Entries.Count} addresses of file {list.FileDigest}", Digest: digest)],
            cancellation);
        return Replies.Ok(new { source = list.Source, digest, entries = list.Entries.Count, sequence = journal.View.SanctionsListOf(list.Source)!.Sequence });
    }

    private async Task<SanctionsList?> CurrentAsync(StopEntry? line, CancellationToken cancellation)
    {
        if (line?.Digest is not { } digest || await facts.ReadAsync(FactKind.SanctionsList, digest, cancellation) is not { } stored)
        {
            return null;
        }

        var payload = stored.PayloadBytes();
        return SanctionsList.DigestOf(payload) == digest ? SanctionsListRule.Read(payload) : null;
    }

    private async Task<IReadOnlyList<SignedDocument>> HalvesAsync(SanctionsList list, Operator importer, string compact, CancellationToken cancellation)
    {
        await facts.WriteAsync(FactKind.SanctionsListHalf, FactId.SanctionsListHalf(list.Digest(), importer.Id, compact), SignedDocument.FromCompact(compact)!, cancellation);
        return await facts.ListAsync(FactKind.SanctionsListHalf, FactId.SanctionsListHalves(list.Digest()), cancellation);
    }

    private object View(SanctionsListTerms terms, IReadOnlyDictionary<string, SignedDocument> lists, GovernanceSnapshot.InForce inForce)
    {
        var line = inForce.Stops.SanctionsListOf(terms.Source);
        var reading = SanctionsListRule.Verify(terms, lists, inForce.Governed, inForce.Stops, time.GetUtcNow(), null);
        var list = line?.Digest is { } digest && lists.TryGetValue(digest, out var stored) ? SanctionsListRule.Read(stored.PayloadBytes()) : null;
        return new
        {
            source = terms.Source,
            usable = reading.Verdict.IsAllowed,
            reason = reading.Verdict.IsAllowed ? null : reading.Verdict.Code.Text(),
            detail = reading.Verdict.IsAllowed ? null : reading.Verdict.Detail,
            digest = line?.Digest,
            importedAt = line?.At,
            importedBy = line?.Evidence.Select(e => Jws.PeekKeyId(e) is { } key ? inForce.Governed.Holder(key, KeyRole.Operator)?.OwnerId ?? "nobody of today" : null).ToList(),
            staleAt = line is null ? (DateTimeOffset?)null : line.At + TimeSpan.FromSeconds(terms.MaxAgeSeconds),
            publishedAt = list?.PublishedAt,
            fileDigest = list?.FileDigest,
            entries = list?.Entries.Count,
        };
    }
}
