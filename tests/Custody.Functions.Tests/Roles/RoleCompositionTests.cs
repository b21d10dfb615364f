using Custody.Cli.Roles;
using Custody.Core.Gate;
using Custody.Core.Journals;
using Custody.Core.Signatures;
using Custody.Core.Vaults;
using Custody.Functions.Composition;
using Custody.Functions.Roles;
using Custody.Functions.Sending;
using Custody.Storage.Journals;
using Custody.Testing;
using Custody.Vaults.Gate;
using Custody.Vaults.Journals;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Custody.Functions.Tests.Roles;

/// <summary>What each role's process is composed of, and what it has no part of at all.</summary>
public sealed class RoleCompositionTests : IDisposable
{
    private static readonly Type[] OfTheSigner = [typeof(IReadOnlyDictionary<string, IVault>), typeof(SigningGate), typeof(JournalDoor), typeof(StopEvidence), typeof(VaultCheck)];
    private static readonly Type[] OfTheSender = [typeof(IDocumentSigner), typeof(BuildFacts), typeof(SenderStops), typeof(ComparisonKeyCheck)];
    private static readonly Type[] OfThePipeline = [typeof(Withdrawals.Starter), typeof(Withdrawals.SignStage), typeof(Http.CallerDeclarations), typeof(RemoteSigner)];

    private readonly TemporaryFolder _folder = new();
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> _roles;

    public RoleCompositionTests()
    {
        var file = _folder.Of("file");
        File.WriteAllText(file, "[]");
        const string Storage = "AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:2/a;QueueEndpoint=http://127.0.0.1:3/a;";
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AzureWebJobsStorage"] = Storage,
            ["Custody__Storage__Pipeline"] = Storage,
            ["Custody__Storage__Journals"] = Storage,
            ["Custody__TrustRoot"] = new string('a', 64),
            ["Custody__WitnessFolder"] = _folder.Of("witness"),
            ["Custody__Api__Audience"] = "custody",
            ["Custody__Api__PublicUrl"] = "https://custody.example/",
            ["Custody__Chains__0__Id"] = "eip155:1",
            ["Custody__Chains__0__Endpoint"] = "http://127.0.0.1:8545",
            ["Custody__Vaults__0__Id"] = "hot",
            ["Custody__Vaults__0__Module"] = file,
            ["Custody__Vaults__0__TokenLabel"] = "hot",
            ["Custody__Vaults__0__PinFile"] = file,
            ["Custody__Comparison__Module"] = file,
            ["Custody__Comparison__TokenLabel"] = "sender",
            ["Custody__Comparison__PinFile"] = file,
            ["Custody__Comparison__KeyId"] = "comparison",
            ["Custody__Duress__OpeningsFile"] = file,
        };
        _roles = RoleFiles.Write(_folder.Path, all, new Uri("https://127.0.0.1:7072"), new Uri("https://127.0.0.1:7073"), TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(1))!;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pipeline_HasNoVaultNoKeyNoGateAndNoWritableJournal()
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Values("pipeline"));
        builder.AddCustody();

        AssertWithout(builder.Services, [.. OfTheSigner, .. OfTheSender, typeof(Devices), typeof(DuressWatch), typeof(IDuressSignal)]);
        using var services = builder.Services.BuildServiceProvider();
        Assert.IsType<RemoteSigner>(services.GetRequiredService<ISigningGate>());
        Assert.IsType<RemoteSigner>(services.GetRequiredService<IUpkeepGate>());
        Assert.IsType<RemoteDuressWatch>(services.GetRequiredService<IDuressWatch>());
        Assert.IsType<RemoteSender>(services.GetRequiredService<ISender>());
        Assert.IsType<RemoteStopJournal>(services.GetRequiredService<IStopJournal>());
        Assert.IsType<RemoteSigningJournal>(services.GetRequiredService<ISigningJournal>());
        Assert.Contains(services.GetServices<IStartCheck>(), c => c is JournalRightsCheck);
    }

    [Fact]
    public void Signer_HasNoComparisonKeyAndNothingThatSends()
    {
        var services = Of("signer");

        AssertWithout(services, [.. OfTheSender, .. OfThePipeline, typeof(ISender)]);
        using var built = services.BuildServiceProvider();
        Assert.IsType<StopJournal>(built.GetRequiredService<IStopJournal>());
        Assert.IsType<SigningJournals>(built.GetRequiredService<ISigningJournal>());
        Assert.IsType<SigningGate>(built.GetRequiredService<ISigningGate>());
        Assert.NotNull(built.GetRequiredService<JournalDoor>());
        Assert.NotNull(built.GetRequiredService<StartupChecks>());
    }

    [Fact]
    public void Sender_HasNoVaultNoGateAndNoWritableJournal()
    {
        var services = Of("sender");

        AssertWithout(services, [.. OfTheSigner, .. OfThePipeline, typeof(ISigningGate), typeof(IUpkeepGate), typeof(IDuressWatch), typeof(IDuressSignal)]);
        using var built = services.BuildServiceProvider();
        Assert.IsType<RemoteStopJournal>(built.GetRequiredService<IStopJournal>());
        Assert.IsType<RemoteSigningJournal>(built.GetRequiredService<ISigningJournal>());
        Assert.IsType<Sender>(built.GetRequiredService<ISender>());
        Assert.Contains(built.GetServices<IStartCheck>(), c => c is JournalRightsCheck);
    }

    [Theory]
    [InlineData("signer")]
    [InlineData("sender")]
    public void FunctionsHost_WithARoleOfItsOwnHost_IsRefused(string role)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(Values(role));

        Assert.Contains("which the process's environment must say", Assert.Throws<SettingsException>(builder.AddCustody).Message, StringComparison.Ordinal);
    }

    private ServiceCollection Of(string role)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCustodyRole(SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(Values(role)).Build()));
        return services;
    }

    private Dictionary<string, string?> Values(string role) => _roles[role].ToDictionary(v => v.Key.Replace("__", ":", StringComparison.Ordinal), string? (v) => v.Value);

    // Neither as a service nor behind one: nothing that is registered could be made into one of these.
    private static void AssertWithout(IServiceCollection services, IReadOnlyList<Type> absent) => Assert.All(
        absent,
        type => Assert.DoesNotContain(services, s => !s.IsKeyedService && (s.ServiceType == type || s.ImplementationType == type || s.ImplementationInstance?.GetType() == type)));
}
