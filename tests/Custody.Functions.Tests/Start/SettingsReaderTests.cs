using Custody.Core.Assets;
using Custody.Functions.Composition;
using Custody.Testing;
using Custody.Vaults.ManagedHsm;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Custody.Functions.Tests.Start;

/// <summary>Every setting that is missing or malformed is named with what is expected, all at once.</summary>
public sealed class SettingsReaderTests : IDisposable
{
    private const string HsmKey = "https://custody.managedhsm.azure.net/keys/comparison/0123456789abcdef0123456789abcdef";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string?> _settings;

    public SettingsReaderTests()
    {
        File.WriteAllText(_folder.Of("module.so"), "");
        File.WriteAllText(_folder.Of("pin"), "1234");
        const string Storage = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:2/a;";
        _settings = new Dictionary<string, string?>
        {
            ["Custody:Storage:Pipeline"] = Storage,
            ["Custody:Storage:Journals"] = Storage,
            ["Custody:TrustRoot"] = new string('a', 64),
            ["Custody:WitnessFolder"] = "/somewhere",
            ["Custody:Api:Audience"] = "custody",
            ["Custody:Api:PublicUrl"] = "https://custody.example/",
            ["Custody:Chains:0:Id"] = "eip155:1",
            ["Custody:Chains:0:Endpoint"] = "http://127.0.0.1:8545",
            ["Custody:Vaults:0:Id"] = "hot",
            ["Custody:Vaults:0:Module"] = _folder.Of("module.so"),
            ["Custody:Vaults:0:TokenLabel"] = "hot",
            ["Custody:Vaults:0:PinFile"] = _folder.Of("pin"),
            ["Custody:Comparison:Module"] = _folder.Of("module.so"),
            ["Custody:Comparison:TokenLabel"] = "sender",
            ["Custody:Comparison:PinFile"] = _folder.Of("pin"),
            ["Custody:Comparison:KeyId"] = "comparison",
        };
    }

    public void Dispose() => _folder.Dispose();

    private CustodySettings Read() => SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(_settings).Build());

    private IReadOnlyList<string> Problems() => Assert.Throws<SettingsException>(Read).Problems;

    [Fact]
    public void Read_PinInsteadOfItsFile_IsReadAndNeverShown()
    {
        _settings.Remove("Custody:Vaults:0:PinFile");
        _settings["Custody:Vaults:0:Pin"] = "73915";

        var settings = Read();

        Assert.Equal("73915", settings.Vaults["hot"].Pin);
        Assert.DoesNotContain("73915", settings.Vaults["hot"].ToString(), StringComparison.Ordinal);
        var build = BuildFacts.Of(typeof(CustodySettings).Assembly, settings);
        _settings["Custody:Vaults:0:Pin"] = "84026";
        Assert.Equal(build, BuildFacts.Of(typeof(CustodySettings).Assembly, Read()));
    }

    [Fact]
    public void Read_PinAndItsFile_IsRefused()
    {
        _settings["Custody:Comparison:Pin"] = "73915";

        Assert.Contains(Problems(), p => p.Contains("Custody__Comparison__PinFile", StringComparison.Ordinal) && p.Contains("nothing beside Pin", StringComparison.Ordinal));
        Assert.DoesNotContain(Problems(), p => p.Contains("73915", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_TokenSerial_IsReadBesideTheLabelOrAlone()
    {
        _settings["Custody:Vaults:0:TokenSerial"] = "7f3a";
        Assert.Equal(("hot", "7f3a", "hot#7f3a"), (Read().Vaults["hot"].TokenLabel, Read().Vaults["hot"].TokenSerial, Read().Vaults["hot"].Token));
        var both = BuildFacts.Of(typeof(CustodySettings).Assembly, Read());

        _settings.Remove("Custody:Vaults:0:TokenLabel");
        Assert.Equal(("", "7f3a", "7f3a"), (Read().Vaults["hot"].TokenLabel, Read().Vaults["hot"].TokenSerial, Read().Vaults["hot"].Token));
        Assert.NotEqual(both, BuildFacts.Of(typeof(CustodySettings).Assembly, Read()));
    }

    [Theory]
    [InlineData("", "hot", "Custody__Vaults__0__TokenSerial")]
    [InlineData("7f3a", "", "Custody__Vaults__0__TokenLabel")]
    public void Read_TokenSerialOrLabelThatSaysNothing_IsRefused(string serial, string label, string named)
    {
        (_settings["Custody:Vaults:0:TokenSerial"], _settings["Custody:Vaults:0:TokenLabel"]) = (serial, label);

        Assert.Contains(named, Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 15)]
    [InlineData("1", 1)]
    [InlineData("30", 30)]
    public void Read_SilenceMinutes_IsAQuarterOfAnHourUnlessItSaysOtherwise(string? text, int minutes)
    {
        _settings["Custody:SilenceMinutes"] = text;

        Assert.Equal(minutes, Read().SilenceMinutes);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("31")]
    [InlineData("-5")]
    [InlineData("a while")]
    [InlineData("")]
    public void Read_SilenceMinutesThatAreNone_AreRefused(string text)
    {
        _settings["Custody:SilenceMinutes"] = text;

        Assert.Contains("a number of minutes from 1 to 30", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Custody:Vaults:0:Pin")]
    [InlineData("Custody:Screening:Key")]
    public void Read_UnresolvedKeyVaultReference_IsRefused(string name)
    {
        _settings.Remove("Custody:Vaults:0:PinFile");
        _settings["Custody:Vaults:0:Pin"] = "73915";
        _settings["Custody:Screening:Endpoint"] = "https://screening.example/";
        _settings["Custody:Screening:Key"] = "key";
        _settings[name] = "@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/pin/)";

        Assert.Contains("Key Vault reference that the platform did not resolve", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RestoreStatement_MustBeThere()
    {
        Assert.Null(Read().RestoreStatementFile);
        _settings["Custody:Restore:StatementFile"] = _folder.Of("pin");
        Assert.Equal(_folder.Of("pin"), Read().RestoreStatementFile);
        _settings["Custody:Restore:StatementFile"] = _folder.Of("nowhere");
        Assert.Contains(Problems(), p => p.Contains("Custody__Restore__StatementFile", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_Complete_IsRead()
    {
        var settings = Read();
        Assert.Equal("custody", settings.Audience);
        Assert.Equal([new ProviderSetting("node", new Uri("http://127.0.0.1:8545"))], settings.Chains[ChainId.Parse("eip155:1")]);
        Assert.Equal(new TokenSetting(_folder.Of("module.so"), "hot", _folder.Of("pin")), settings.Vaults["hot"]);
        Assert.Equal("comparison", settings.Comparison!.KeyId);
        Assert.Equal(new TelemetrySetting("none", null), settings.Telemetry);
    }

    [Theory]
    [InlineData("Custody:Storage:Pipeline", "a storage connection string")]
    [InlineData("Custody:Storage:Journals", "__tableServiceUri and __blobServiceUri")]
    [InlineData("Custody:TrustRoot", "64 lower-case hex digits")]
    [InlineData("Custody:WitnessFolder", "a folder outside both storage accounts")]
    [InlineData("Custody:Api:Audience", "the aud of call tokens")]
    [InlineData("Custody:Api:PublicUrl", "the public base URL")]
    [InlineData("Custody:Chains:0:Id", "a CAIP-2 chain id")]
    [InlineData("Custody:Chains:0:Endpoint", "the node's JSON-RPC URL")]
    [InlineData("Custody:Vaults:0:Id", "the governed vault's id")]
    [InlineData("Custody:Vaults:0:Module", "the path of an existing PKCS#11 module")]
    [InlineData("Custody:Vaults:0:TokenLabel", "the token's label")]
    [InlineData("Custody:Vaults:0:PinFile", "the path of an existing file that holds the user PIN")]
    [InlineData("Custody:Comparison:Module", "the path of an existing PKCS#11 module")]
    [InlineData("Custody:Comparison:TokenLabel", "the token's label")]
    [InlineData("Custody:Comparison:PinFile", "the path of an existing file that holds the user PIN")]
    [InlineData("Custody:Comparison:KeyId", "the governed comparison key's id")]
    public void Read_Missing_IsNamedWithWhatIsExpected(string name, string expected)
    {
        _settings.Remove(name);
        var problem = Assert.Single(Problems());
        Assert.StartsWith($"The setting {name.Replace(":", "__", StringComparison.Ordinal)} is missing; expected: ", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Custody:Storage:Pipeline", "secret-nonsense")]
    [InlineData("Custody:Storage:Journals", "AccountName=secret-nonsense")]
    [InlineData("Custody:TrustRoot", "AAAA")]
    [InlineData("Custody:WitnessFolder", "")]
    [InlineData("Custody:Api:Audience", "")]
    [InlineData("Custody:Api:PublicUrl", "custody.example")]
    [InlineData("Custody:Api:PublicUrl", "ftp://custody.example")]
    [InlineData("Custody:Chains:0:Id", "ethereum")]
    [InlineData("Custody:Chains:0:Endpoint", "localhost:8545")]
    [InlineData("Custody:Vaults:0:Module", "/no/such/module.so")]
    [InlineData("Custody:Vaults:0:TokenLabel", "")]
    [InlineData("Custody:Vaults:0:PinFile", "/no/such/pin")]
    [InlineData("Custody:Comparison:KeyId", "")]
    [InlineData("Custody:Telemetry:Exporter", "zipkin")]
    public void Read_Malformed_IsNamed(string name, string value)
    {
        _settings[name] = value;
        var problem = Assert.Single(Problems());
        Assert.StartsWith($"The setting {name.Replace(":", "__", StringComparison.Ordinal)} is malformed; expected: ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OtlpWithoutEndpoint_IsNamed()
    {
        _settings["Custody:Telemetry:Exporter"] = "otlp";
        Assert.Contains("Custody__Telemetry__OtlpEndpoint is missing", Assert.Single(Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TheSameChainOrVaultTwice_IsNamed()
    {
        _settings["Custody:Chains:1:Id"] = _settings["Custody:Chains:0:Id"];
        _settings["Custody:Chains:1:Endpoint"] = _settings["Custody:Chains:0:Endpoint"];
        foreach (var member in new[] { "Id", "Module", "TokenLabel", "PinFile" })
        {
            _settings[$"Custody:Vaults:1:{member}"] = _settings[$"Custody:Vaults:0:{member}"];
        }

        Assert.Equal(["Custody__Chains__1__Id", "Custody__Vaults__1__Id"], Problems().Select(p => p.Split(' ')[2]));
    }

    [Fact]
    public void Read_SeveralProviders_AreReadByName()
    {
        PutProviders();

        var chain = Read().Chains[ChainId.Parse("eip155:1")];

        Assert.Equal([new ProviderSetting("own", new Uri("http://127.0.0.1:8545")), new ProviderSetting("other-1", new Uri("https://b.example/v2/secret-key"))], chain);
        Assert.Equal("other-1@b.example", chain[1].ToString());
    }

    [Theory]
    [InlineData("Custody:Chains:0:Endpoint", "http://127.0.0.1:8545", "nothing beside Providers")]
    [InlineData("Custody:Chains:0:Providers:1:Name", "own", "each once")]
    [InlineData("Custody:Chains:0:Providers:1:Name", "The Other", "lower-case letters")]
    [InlineData("Custody:Chains:0:Providers:1:Name", "", "lower-case letters")]
    [InlineData("Custody:Chains:0:Providers:1:Endpoint", "http://127.0.0.1:8545", "another URL")]
    [InlineData("Custody:Chains:0:Providers:1:Endpoint", "http://127.0.0.1:8545/", "another URL")]
    [InlineData("Custody:Chains:0:Providers:1:Endpoint", "secret-nonsense", "the provider's JSON-RPC URL")]
    public void Read_ProvidersMalformedOrTwice_IsNamed(string name, string value, string expected)
    {
        PutProviders();
        _settings[name] = value;

        var problem = Assert.Single(Problems());

        Assert.StartsWith($"The setting {name.Replace(":", "__", StringComparison.Ordinal)} is malformed; expected: ", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ProviderWithoutNameOrUrl_IsNamed()
    {
        PutProviders();
        _settings.Remove("Custody:Chains:0:Providers:0:Name");
        _settings.Remove("Custody:Chains:0:Providers:1:Endpoint");

        Assert.Equal(["Custody__Chains__0__Providers__0__Name", "Custody__Chains__0__Providers__1__Endpoint"], Problems().Select(p => p.Split(' ')[2]));
    }

    [Fact]
    public void Read_StorageByIdentity_IsRead()
    {
        _settings.Remove("Custody:Storage:Pipeline");
        _settings["Custody:Storage:Pipeline:tableServiceUri"] = "https://a.table.example";
        _settings["Custody:Storage:Pipeline:blobServiceUri"] = "https://a.blob.example";
        Assert.Equal(new StorageSetting(null, new Uri("https://a.table.example"), new Uri("https://a.blob.example")), Read().PipelineStorage);
    }

    [Fact]
    public void Read_ManagedHsm_IsTheDeviceInsteadOfAToken()
    {
        PutManagedHsm();

        var settings = Read();

        Assert.Equal(new TokenSetting("", "", "", ManagedHsm: new Uri("https://custody.managedhsm.azure.net")), settings.Vaults["hot"]);
        Assert.Equal(new TokenSetting("", "", "", "comparison", new Uri("https://custody.managedhsm.azure.net"), HsmKey), settings.Comparison);
        var devices = new Devices(TimeProvider.System, NullLoggerFactory.Instance);
        Assert.IsType<ManagedHsmVault>(devices.Vault(settings.Vaults["hot"]));
        Assert.Equal("comparison", Assert.IsType<ManagedHsmDocumentSigner>(devices.DocumentSigner(settings.Comparison!)).KeyId);
    }

    [Theory]
    [InlineData("Custody:Vaults:0:ManagedHsm", "http://custody.managedhsm.azure.net", "a Managed HSM's URL")]
    [InlineData("Custody:Vaults:0:ManagedHsm", "https://localhost", "a Managed HSM's URL")]
    [InlineData("Custody:Vaults:0:ManagedHsm", "https://custody.managedhsm.azure.net/keys/hot", "a Managed HSM's URL")]
    [InlineData("Custody:Vaults:0:ManagedHsm", "", "a Managed HSM's URL")]
    [InlineData("Custody:Vaults:0:Module", "/usr/lib/softhsm/libsofthsm2.so", "nothing beside ManagedHsm")]
    [InlineData("Custody:Vaults:0:TokenLabel", "hot", "nothing beside ManagedHsm")]
    [InlineData("Custody:Vaults:0:TokenSerial", "7f3a", "nothing beside ManagedHsm")]
    [InlineData("Custody:Vaults:0:PinFile", "/pin", "nothing beside ManagedHsm")]
    [InlineData("Custody:Vaults:0:ManagedHsmKey", HsmKey, "nothing beside ManagedHsm")]
    [InlineData("Custody:Comparison:ManagedHsmKey", "https://custody.managedhsm.azure.net/keys/comparison", "with its version")]
    [InlineData("Custody:Comparison:ManagedHsmKey", "", "with its version")]
    [InlineData("Custody:Comparison:ManagedHsm", "https://custody.managedhsm.azure.net", "nothing beside ManagedHsmKey")]
    [InlineData("Custody:Comparison:TokenLabel", "sender", "nothing beside ManagedHsmKey")]
    [InlineData("Custody:Comparison:KeyId", "", "the governed comparison key's id")]
    public void Read_ManagedHsmMalformedOrBesideAToken_IsNamed(string name, string value, string expected)
    {
        PutManagedHsm();
        _settings[name] = value;

        var problem = Assert.Single(Problems());

        Assert.StartsWith($"The setting {name.Replace(":", "__", StringComparison.Ordinal)} is malformed; expected: ", problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Nothing_NamesEverythingAtOnce()
    {
        _settings.Clear();
        Assert.Equal(
            [
                "Custody__Storage__Pipeline", "Custody__Storage__Journals", "Custody__TrustRoot", "Custody__WitnessFolder", "Custody__Api__Audience",
                "Custody__Api__PublicUrl", "Custody__Chains", "Custody__Vaults", "Custody__Comparison__Module", "Custody__Comparison__TokenLabel",
                "Custody__Comparison__PinFile", "Custody__Comparison__KeyId",
            ],
            Problems().Select(p => p.Split(' ')[2]));
    }

    private void PutProviders()
    {
        _settings.Remove("Custody:Chains:0:Endpoint");
        _settings["Custody:Chains:0:Providers:0:Name"] = "own";
        _settings["Custody:Chains:0:Providers:0:Endpoint"] = "http://127.0.0.1:8545";
        _settings["Custody:Chains:0:Providers:1:Name"] = "other-1";
        _settings["Custody:Chains:0:Providers:1:Endpoint"] = "https://b.example/v2/secret-key";
    }

    private void PutManagedHsm()
    {
        foreach (var member in new[] { "Module", "TokenLabel", "PinFile" })
        {
            _settings.Remove($"Custody:Vaults:0:{member}");
            _settings.Remove($"Custody:Comparison:{member}");
        }

        _settings["Custody:Vaults:0:ManagedHsm"] = "https://custody.managedhsm.azure.net";
        _settings["Custody:Comparison:ManagedHsmKey"] = HsmKey;
    }
}
