using Azure;
using Custody.Storage.Access;
using Custody.Storage.Tests.Support;

namespace Custody.Storage.Tests;

public sealed class CustodyStorageTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task EnsureCreatedAsync_Twice_DoesNothingMore()
    {
        using var place = await Place.CreateAsync(azurite);
        await place.Open().EnsureCreatedAsync(Place.Cancellation);
    }

    [Fact]
    public async Task WithoutEnsureCreated_NothingIsMadeImplicitly()
    {
        using var place = new Place(azurite);
        await Assert.ThrowsAsync<RequestFailedException>(() => place.Open().Withdrawals.CreateAsync(Sample.First(Sample.WithdrawalId("a")), Place.Cancellation));
    }

    [Fact]
    public void Ctor_NeitherConnectionNorAddresses_Throws() => Assert.Throws<ArgumentException>(() => new StorageClients(new StorageAccountOptions(), "", []));

    [Theory]
    [InlineData("A")]
    [InlineData("1a")]
    [InlineData("a-b")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Ctor_BadPrefix_Throws(string prefix) =>
        Assert.Throws<ArgumentException>(() => new StorageClients(new StorageAccountOptions { ConnectionString = azurite.Server.PipelineConnection }, prefix, []));

    [Fact]
    public void Options_Printed_DoNotShowTheKey() =>
        Assert.DoesNotContain("AccountKey", new StorageAccountOptions { ConnectionString = azurite.Server.PipelineConnection }.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("plain_-9", "plain_-9")]
    [InlineData("", "~")]
    [InlineData("a/b", "a~2Fb")]
    [InlineData("..", "~2E~2E")]
    [InlineData("~", "~7E")]
    [InlineData("ü", "~C3~BC")]
    public void KeyText_Encode_GivesSafeKeys(string text, string key) => Assert.Equal(key, KeyText.Encode(text));
}
