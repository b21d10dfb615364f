using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Cli.Api;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Policy;
using Custody.Core.Reading;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody governance</c>: who may move what, verified from the pinned root, and how it is changed.</summary>
internal static class GovernanceCommand
{
    public static Command Create(CliEnvironment environment) => new("governance", "Who may move what.")
    {
        GovernanceDraftCommand.Create(environment),
        GovernanceDiffCommand.Create(environment),
        GovernanceSignCommand.Create(environment),
        GovernanceProposeCommand.Create(environment),
        GovernanceProposalsCommand.Create(environment),
        GovernanceVetoCommand.Create(environment),
        new Command("show", "Fetch the governance document in force, verify it and show it.")
            .Runs(environment, ProfileKinds.All, async (context, session, cancellation) =>
                (await GovernanceReader.ReadAsync(session, context.Now, cancellation)).Stops(out var stop, out var governed)
                    ? stop
                    : new CliOutcome.Done(Document(governed), console => Paint(console, governed))),
    };

    private static JsonObject Document(Governed governed) => new()
    {
        ["verified"] = true,
        ["trustRoot"] = governed.TrustRoot,
        ["digest"] = governed.Digest,
        ["document"] = JsonSerializer.SerializeToNode(governed.Document, CanonicalJson.Options),
    };

    private static void Paint(IAnsiConsole console, Governed governed)
    {
        var document = governed.Document;
        console.MarkupLine($"{Theme.Good("✓")} {Theme.Strong($"Governance version {document.Version}")}, signed by its quorum under the pinned root");
        Facts.Write(
            console,
            ("Digest", governed.Digest),
            ("Trust root", governed.TrustRoot),
            ("Governors", $"{document.Governors.Quorum} of {document.Governors.Members.Count}: {string.Join(", ", document.Governors.Members.Select(g => g.Id))}"),
            ("Clients", string.Join(", ", document.Clients.Select(c => $"{c.Id} ({c.Name})"))),
            ("Operators", string.Join(", ", document.Operators.Select(o => o.Id))),
            ("Whitelist", $"{document.Whitelist.Quorum} approvers and the client sign an entry; cooling-off {Span(document.Whitelist.CoolingOffSeconds)}"));

        Section(console, "Approvers", Rows(Tables.Create("approver", "role", "site", "devices"), document.Approvers, a =>
            [a.Id, a.Role, a.Site, string.Join(", ", a.Devices.Select(d => d.WebAuthn is null ? d.Id : $"{d.Id} (WebAuthn)"))]));
        Section(console, "Vaults", Rows(Tables.Create("vault", "tier", "chain", "address"), document.Vaults, v =>
            [v.Id, v.Tier.ToString().ToLowerInvariant(), v.Chain.ToString(), v.Chain.IsEvm ? v.EvmAddress().ToString() : ""]));
        Section(console, "Rules, the first that matches", Rows(Tables.Create("rule", "assets", "at most", "approvals", "within", "fee at most"), document.Rules, r =>
        [
            r.Id,
            string.Join(", ", r.Assets.Select(a => Asset(governed, a))),
            Amount(governed, r.Assets[0], r.MaxAmount),
            Approvals(r.Approvals),
            Span(r.ApprovalSeconds),
            $"{Coin(governed, r.Assets[0].Chain, r.Fee.MaxTotal)}, {UnitAmount.Format(r.Fee.MaxShareBasisPoints, 2)} %{(r.Fee.MaxTokenShareBasisPoints is { } share ? $", tokens {UnitAmount.Format(share, 2)} %" : "")}",
        ]));
        var limits = Rows(Tables.Create("scope", "asset", "within", "at most"), document.Limits, l =>
            [l.Scope.ToString().ToLowerInvariant(), Asset(governed, l.Asset), Span(l.WindowSeconds), Amount(governed, l.Asset, l.MaxAmount)]);
        if (document is { PlatformValue: { } value, Prices: { } prices })
        {
            limits.Row("platform", "all together", Theme.Text(Span(value.WindowSeconds)), Theme.Text($"{UnitAmount.Format(value.MaxValue, prices.Decimals)} {prices.Currency}"));
        }

        Section(console, "Limits", limits);
    }

    private static string Approvals(Quorum quorum) => quorum.IsAutomatic() ? "none: automatic"
        : $"{quorum.Min} people, {quorum.MinSites} sites{string.Concat(quorum.Groups?.Select(g => $"; {g.Min} {g.Role} from {g.MinSites} sites") ?? [])}";

    private static void Section(IAnsiConsole console, string heading, Table table)
    {
        console.WriteLine();
        console.MarkupLine($"  {Theme.Strong(heading)}");
        console.Write(table);
    }

    private static Table Rows<T>(Table table, IEnumerable<T> items, Func<T, IReadOnlyList<string>> cells)
    {
        foreach (var item in items)
        {
            table.Row([.. cells(item).Select(Theme.Text)]);
        }

        return table;
    }

    private static string Asset(Governed governed, Core.Assets.AssetId id) => governed.Asset(id)?.Symbol ?? id.ToString();

    private static string Amount(Governed governed, Core.Assets.AssetId id, System.Numerics.BigInteger baseUnits) =>
        governed.Asset(id) is { } asset ? $"{UnitAmount.Format(baseUnits, asset.Decimals)} {asset.Symbol}" : $"{baseUnits} base units";

    private static string Coin(Governed governed, Core.Assets.ChainId chain, System.Numerics.BigInteger baseUnits) =>
        governed.Document.Assets.FirstOrDefault(a => a.Id.Chain == chain && a.Id.IsNative) is { } coin ? Amount(governed, coin.Id, baseUnits) : $"{baseUnits} base units";

    private static string Span(int seconds) => seconds switch
    {
        0 => "none",
        _ when seconds % 86_400 == 0 => $"{seconds / 86_400} d",
        _ when seconds % 3_600 == 0 => $"{seconds / 3_600} h",
        _ when seconds % 60 == 0 => $"{seconds / 60} min",
        _ => $"{seconds} s",
    };
}
