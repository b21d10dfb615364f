using System.Net;
using Azure;
using Azure.Data.Tables;
using Custody.Core.Alerts;
using Custody.Core.Journals;
using Custody.Core.Storage;
using Custody.Functions.Roles;
using Custody.Functions.Tests.Support;
using Custody.Storage;
using Custody.Storage.Journals;
using Custody.Testing;
using Xunit;

namespace Custody.Functions.Tests.Roles;

/// <summary>What no role can do with all that its process has: its storage rights, its certificate and its settings. Real Azurite and real processes refuse.</summary>
public sealed class RoleRightsTests(SplitSystem split) : IClassFixture<SplitSystem>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RoleCaller Caller => new(split.System.Roles!);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pipeline")]
    [InlineData("sender")]
    public async Task Journals_RoleButTheSigner_AreReadAndNotWritten(string role)
    {
        var storage = StorageOf(role);
        var before = await storage.StopJournal.ReadAsync(Cancellation);
        var signing = await storage.SigningJournals.ReadAsync("hot-eth", Cancellation);

        await IsForbiddenAsync(() => storage.StopJournal.AppendAsync(_ => new StopFact(StopKind.Thawed, FreezeScope.Platform, "forged"), Cancellation));
        await IsForbiddenAsync(() => storage.SigningJournals.AppendAsync("hot-eth", _ => SigningFact.Close("w1"), Cancellation));
        await IsForbiddenAsync(() => storage.SignedTransactions.WriteAsync(new SignedTransactionRecord(1, "w1", 1, "hot-eth", "aa", "bb", "cc", "dd", "0xee", 1), Cancellation));
        await IsForbiddenAsync(() => storage.EnsureJournalsCreatedAsync(Cancellation));
        Assert.False(await storage.MayWriteJournalsAsync(Cancellation));
        Assert.Equal(before.Head, (await storage.StopJournal.ReadAsync(Cancellation)).Head);
        Assert.Equal(signing.Head, (await storage.SigningJournals.ReadAsync("hot-eth", Cancellation)).Head);
    }

    [Fact]
    public async Task Journals_Signer_MayWrite()
    {
        var storage = StorageOf("signer");
        var before = (await storage.StopJournal.ReadAsync(Cancellation)).Head;

        Assert.True(await storage.MayWriteJournalsAsync(Cancellation));

        Assert.Equal(before, (await storage.StopJournal.ReadAsync(Cancellation)).Head);
    }

    [Theory]
    [InlineData("signer")]
    [InlineData("sender")]
    public async Task PipelineAccount_SignerAndSender_WriteAlertsAndNothingElse(string role)
    {
        var storage = StorageOf(role);
        var id = await split.System.AwaitingApprovalAsync();
        var table = new TableServiceClient(split.System.Roles!.Settings(role)["Custody__Storage__Pipeline"]).GetTableClient("Withdrawals");
        var row = await table.QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: Cancellation).FirstAsync(Cancellation);

        // One by one: of a batch Azurite, unlike Azure, asks only whether the signature permits anything at all.
        await IsForbiddenAsync(() => table.AddEntityAsync(new TableEntity("w", "state"), Cancellation));
        await IsForbiddenAsync(() => table.UpdateEntityAsync(row, ETag.All, cancellationToken: Cancellation));
        await IsForbiddenAsync(() => table.DeleteEntityAsync(row, ETag.All, Cancellation));
        await IsForbiddenAsync(() => table.DeleteAsync(Cancellation));
        await IsForbiddenAsync(() => storage.Facts.WriteAsync(
            FactKind.Governance, "forged", Core.Signatures.SignedDocument.Of("{}"u8, ["a..b"]), Cancellation));
        await storage.Alerts.RaiseAsync(Alert.About(AlertCode.Duress, id, "a test", TimeProvider.System.GetUtcNow(), role), Cancellation);

        Assert.Contains(await storage.Alerts.ListAsync(1000, AlertChannel.Soc, Cancellation), a => a.Code == AlertCode.Duress && a.Subject == id);
    }

    [Fact]
    public void Settings_EachSecret_HasOneHolder()
    {
        var roles = split.System.Roles!;
        IReadOnlyList<string> Holders(string setting) => [.. new[] { "pipeline", "signer", "sender" }.Where(r => roles.Settings(r).Keys.Any(k => k.StartsWith(setting, StringComparison.Ordinal)))];

        Assert.Equal(["signer"], Holders("Custody__Vaults__"));
        Assert.Equal(["sender"], Holders("Custody__Comparison__"));
        Assert.Equal(["signer"], Holders("Custody__Duress__"));
        Assert.Equal(["pipeline"], Holders("AzureWebJobsStorage"));
        Assert.Equal(
            ["signer"], new[] { "pipeline", "signer", "sender" }.Where(r => roles.Settings(r)["Custody__Storage__Journals"].Contains("AccountKey", StringComparison.Ordinal)));
        Assert.Equal(
            ["pipeline"], new[] { "pipeline", "signer", "sender" }.Where(r => roles.Settings(r)["Custody__Storage__Pipeline"].Contains("AccountKey", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Custody__Vaults__0__PinFile", "vault devices and their PINs are the signer's")]
    [InlineData("Custody__Comparison__PinFile", "the comparison key is the sender's")]
    [InlineData("Custody__Duress__OpeningsFile", "who signs under duress is the signer's to know")]
    public async Task Start_PipelineWithAnothersSecret_IsRefused(string name, string why)
    {
        await File.WriteAllTextAsync(_folder.Of("file"), "[]", Cancellation);

        var ended = await split.System.StartToEndAsync(new Dictionary<string, string?> { [name] = _folder.Of("file") }, Cancellation);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains($"The setting {name} must not be given to the pipeline: {why}.", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PipelineWithWritableJournals_IsRefused()
    {
        var ended = await split.System.StartToEndAsync(
            new Dictionary<string, string?> { ["Custody__Storage__Journals"] = split.System.Azurite.JournalConnection }, Cancellation);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("The setting Custody__Storage__Journals must not let this role write", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PipelineWithAnothersCertificate_IsRefused()
    {
        var sender = split.System.Roles!.Settings("sender");

        var ended = await split.System.StartToEndAsync(
            new Dictionary<string, string?>
            {
                ["Custody__Roles__CertificateFile"] = sender["Custody__Roles__CertificateFile"],
                ["Custody__Roles__KeyFile"] = sender["Custody__Roles__KeyFile"],
            },
            Cancellation);

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("The role's own certificate is not one of the pipeline: it names the sender.", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("another authority")]
    [InlineData("expired")]
    [InlineData("two roles")]
    [InlineData("no role")]
    [InlineData("an unknown role")]
    public async Task Call_WithoutAProperCertificate_IsNotAnswered(string certificate)
    {
        using var http = Stranger.With(certificate, _folder.Path);
        foreach (var address in new[] { split.System.Roles!.Signer, split.System.Roles.Sender })
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri(address, "health"), Cancellation));
            await Assert.ThrowsAsync<HttpRequestException>(() => http.PostAsync(new Uri(address, RoleCalls.Sign), null, Cancellation));
        }
    }

    [Fact]
    public async Task Call_OtherRoleThanTheTableSays_IsRefused()
    {
        foreach (var (path, (of, callers)) in RoleCalls.All)
        {
            foreach (var caller in new[] { CustodyRole.Pipeline, CustodyRole.Signer, CustodyRole.Sender }.Where(r => !callers.Contains(r)))
            {
                var (status, body) = await Caller.PostAsync(RoleCertificates.Text(caller), RoleCertificates.Text(of), path, new IdMessage(1, "w1"));

                Assert.Equal(HttpStatusCode.Forbidden, status);
                Assert.Contains("role-not-allowed", body, StringComparison.Ordinal);
            }
        }
    }

    // The signer has no way to send, and the sender none to sign: the calls of the one are not there on the other.
    [Fact]
    public async Task Call_ToTheOtherRole_IsRefused()
    {
        foreach (var (path, (of, _)) in RoleCalls.All)
        {
            var other = of == CustodyRole.Signer ? "sender" : "signer";

            Assert.Equal(HttpStatusCode.Forbidden, (await Caller.PostAsync("pipeline", other, path, new IdMessage(1, "w1"))).Status);
        }
    }

    [Fact]
    public async Task Call_Malformed_IsAProblemAndNotActedOn()
    {
        var (status, body) = await Caller.PostAsync("pipeline", "signer", RoleCalls.Sign, """{ "id": "w1", "version": 1 }"""u8.ToArray());

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("body-malformed", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sender_BytesThatNobodyCertifiedOrAskedFor_SendsNothing()
    {
        var id = await split.System.SettledAsync();
        var record = Assert.Single(await split.System.Storage.SignedTransactions.OfAsync(id, Cancellation));

        var sent = await Caller.AskAsync("pipeline", "sender", RoleCalls.Send, new SignedMessage(1, id, 1, record.Sighash));
        var unknown = await Caller.AskAsync("pipeline", "sender", RoleCalls.Send, new SignedMessage(1, id, 1, new string('0', 64)));
        var nobody = await Caller.AskAsync("pipeline", "sender", RoleCalls.Certify, new SignedMessage(1, "w" + new string('0', 32), 1, record.Sighash));

        // Its own bytes, which are in a block: a chain that was rewound gets them again, and any other knows them.
        Assert.Equal("answered", sent.Outcome);
        Assert.Equal(("refused", "certificate-invalid"), (unknown.Outcome, unknown.Code));
        Assert.Equal(("refused", "not-found"), (nobody.Outcome, nobody.Code));
    }

    [Fact]
    public async Task Signer_WithdrawalThatNobodyApproved_SignsNothing()
    {
        var id = await split.System.AwaitingApprovalAsync();

        var answer = await Caller.AskAsync("pipeline", "signer", RoleCalls.Sign, new IdMessage(1, id));

        Assert.Equal("refused", answer.Outcome);
        Assert.Empty((await split.System.Storage.SigningJournals.ReadAsync("hot-eth", Cancellation)).View.Of(id));
    }

    private CustodyStorage StorageOf(string role)
    {
        var settings = split.System.Roles!.Settings(role);
        return new CustodyStorage(new CustodyStorageOptions
        {
            Pipeline = new StorageAccountOptions { ConnectionString = settings["Custody__Storage__Pipeline"] },
            Journals = new StorageAccountOptions { ConnectionString = settings["Custody__Storage__Journals"] },
            Alerts = settings.GetValueOrDefault("Custody__Storage__Alerts") is { } alerts ? new StorageAccountOptions { ConnectionString = alerts } : null,
            Witness = new FileHeadWitness(settings["Custody__WitnessFolder"]),
            TrustRoot = split.System.System.TrustRoot,
        });
    }

    private static async Task IsForbiddenAsync(Func<Task> write)
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(write);
        Assert.Equal(403, refused.Status);
    }
}
