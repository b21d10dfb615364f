using Custody.Core.Journals;
using Custody.Storage.Tests.Support;

namespace Custody.Storage.Tests;

public sealed class SigningJournalsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancellation => Place.Cancellation;

    [Fact]
    public async Task AppendAsync_AnEntry_IsReadBackWithItsSlot()
    {
        using var place = await Place.CreateAsync(azurite);
        var journals = place.Open().SigningJournals;
        await journals.CreateAsync("vault.1", Cancellation);
        var fact = Sample.Signing("w1", 7);
        await journals.AppendAsync("vault.1", _ => fact, Cancellation);

        var read = await place.Open().SigningJournals.ReadAsync("vault.1", Cancellation);

        var entry = Assert.Single(read.View.All);
        Assert.Equal(1, entry.Sequence);
        Assert.Equal(Sample.Start, entry.At);
        Assert.Equal(fact.Amount, entry.Amount);
        Assert.Equal(Sample.Ether, entry.Asset);
        Assert.Same(entry, read.View.TakenBy(SigningSlot.Nonce(Sample.Chain, Sample.Account, 7)));
        Assert.True(await place.JournalContainer("journals").GetBlobClient("signing/vault~2E1/000000").ExistsAsync(Cancellation));
    }

    [Fact]
    public async Task AppendAsync_TwoVaults_KeepApart()
    {
        using var place = await Place.CreateAsync(azurite);
        var journals = place.Open().SigningJournals;
        await journals.CreateAsync("v1", Cancellation);
        await journals.CreateAsync("v2", Cancellation);
        await journals.AppendAsync("v1", _ => Sample.Signing("w1"), Cancellation);
        Assert.Empty((await journals.ReadAsync("v2", Cancellation)).View.All);
        Assert.Single((await journals.VerifyAsync("v1", Cancellation)).View.All);
    }

    [Fact]
    public async Task AppendAsync_AClosingLine_IsReadBackByAnother()
    {
        using var place = await Place.CreateAsync(azurite);
        var journals = place.Open().SigningJournals;
        await journals.CreateAsync("v1", Cancellation);
        await journals.AppendAsync("v1", _ => SigningFact.Close("w1"), Cancellation);
        await journals.AppendAsync("v1", _ => Sample.Signing("w2"), Cancellation);
        var read = await place.Open().SigningJournals.ReadAsync("v1", Cancellation);
        Assert.True(read.View.IsClosed("w1"));
        Assert.Single(read.View.All);
    }

    [Fact]
    public async Task AppendAsync_FourProcessesAtOneSlot_OneTakesIt()
    {
        using var place = await Place.CreateAsync(azurite);
        await place.Open().SigningJournals.CreateAsync("v1", Cancellation);
        var slot = SigningSlot.Nonce(Sample.Chain, Sample.Account, 0);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => place.Open().SigningJournals.AppendAsync(
            "v1", reading => reading.View.TakenBy(slot) is null ? Sample.Signing($"w{i}", 0, new string((char)('0' + i), 64)) : null, Cancellation)));
        Assert.Single((await place.Open().SigningJournals.ReadAsync("v1", Cancellation)).View.All);
    }

    [Fact]
    public async Task AppendAsync_AClosingLine_IsNoFirstLineAndTheJournalGoesOn()
    {
        using var place = await Place.CreateAsync(azurite);
        var journals = place.Open().SigningJournals;
        await journals.CreateAsync("v1", Cancellation);
        await journals.AppendAsync("v1", _ => SigningFact.Close("w1"), Cancellation);
        await journals.AppendAsync("v1", _ => Sample.Signing("w2"), Cancellation);

        var read = await place.Open().SigningJournals.ReadAsync("v1", Cancellation);

        Assert.True(read.View.IsClosed("w1"));
        Assert.Equal("w2", Assert.Single(read.View.All).WithdrawalId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../stop")]
    [InlineData("a/b")]
    public async Task ReadAsync_NoVaultId_Throws(string vault)
    {
        using var place = new Place(azurite);
        await Assert.ThrowsAsync<ArgumentException>(() => place.Open().SigningJournals.ReadAsync(vault, Cancellation));
    }
}
