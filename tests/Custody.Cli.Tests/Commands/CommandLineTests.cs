using System.Runtime.Versioning;
using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;
using Custody.Core.Intents;

namespace Custody.Cli.Tests.Commands;

/// <summary>Exit codes and sentences of what is typed wrongly.</summary>
public sealed class CommandLineTests
{
    private static readonly string Id = WithdrawalId.Derive("exchange-a", "r-1");

    public static TheoryData<string, string> Wrong => new()
    {
        { "", "Required command was not provided." },
        { "frob", "'frob'" },
        { "show", "Required argument 'ID' missing" },
        { "show w1", "'w1' is not a withdrawal's id: w and 32 lower-case hex digits." },
        { $"reject {Id}", "'--reason' is required" },
        { "freeze everything --reason x", "'everything' is not a scope: platform, vault/ID or client/ID." },
        { $"resolve {Id} --action undo --reason x", "'undo' not recognized" },
        { "submit --customer c --asset ETH --amount 1 --entry e --expires-in soon", "--expires-in 'soon' is not a whole number and s, m, h or d, such as 30m." },
        { "audit verify", "Name the withdrawal, or a saved answer with --file." },
        { "audit verify --file /nowhere/audit.json", "The file '/nowhere/audit.json' cannot be read" },
        { "sign-request /nowhere/body.json --profile exchange-a", "There is no file '/nowhere/body.json'" },
        { "list --status lost", "'lost' not recognized" },
        { "token", "Choose one of the profiles with --profile: alice, bob, carol, exchange-a, olivia, oscar." },
        { "token --profile nobody", "There is no profile 'nobody'" },
        { "token --profile ../x", "'../x' is not a profile's name" },
        { "freezes --profile alice", "is of kind approver, and this command is for operator" },
        { "show --profile olivia --api ftp://x " + Id, "'ftp://x' is not the API's base URL" },
        { "withdraw-vote --reason x", "Required argument 'ID' missing" },
        { "withdraw-vote w1 --reason x", "'w1' is not a withdrawal's id: w and 32 lower-case hex digits." },
        { $"withdraw-vote {Id}", "'--reason' is required" },
        { $"withdraw-vote {Id} --reason x --profile olivia", "is of kind operator, and this command is for approver" },
        { $"confirm-video {Id} --digest {new string('0', 64)}", "'--reference' is required" },
        { $"confirm-video {Id} --reference x", "'--digest' is required" },
        { $"confirm-video {Id} --digest 00 --reference x", "--digest '00' is not a digest: 64 lower-case hex digits." },
        { $"confirm-video {Id} --digest {new string('A', 64)} --reference x", "is not a digest: 64 lower-case hex digits." },
        { $"confirm-video {Id} --digest {new string('0', 64)} --reference {new string('x', 201)}", "--reference must be a text of at most 200 characters." },
        { $"confirm-video {Id} --digest {new string('0', 64)} --reference x --profile alice", "is of kind approver, and this command is for operator" },
        { $"confirm-video {Id} --digest {new string('0', 64)} --reference x --expires-in soon", "--expires-in 'soon' is not a whole number" },
        { "drill", "Required command was not provided." },
        { "drill issue w1", "'w1' is not a withdrawal's id" },
        { $"drill issue {Id} --mismatch fee", "'fee' not recognized" },
        { $"drill issue {Id} --expires-in -1h", "--expires-in '-1h' is not a whole number" },
        { "drill report --profile alice", "is of kind approver, and this command is for operator" },
        { "device", "Required command was not provided." },
        { "device reinstate alice --reason x", "'alice' is not a device: APPROVER/DEVICE." },
        { "device reinstate alice/a/b --reason x", "'alice/a/b' is not a device: APPROVER/DEVICE." },
        { "device reinstate alice/alice-1", "'--reason' is required" },
        { "device suspended --profile alice", "is of kind approver, and this command is for operator" },
        { "device challenge /alice-1", "'/alice-1' is not a device: APPROVER/DEVICE." },
        { "device register alice/a", "'--registration' is required" },
        { "device register alice/a --registration /nowhere/r.json", "The file '/nowhere/r.json' cannot be read as a browser's registration" },
        { "init", "Give either --plan FILE or --local." },
        { "init --local --plan x", "Give either --plan FILE or --local." },
        { "init --plan /nowhere/plan.json", "The plan '/nowhere/plan.json' cannot be read" },
        { "init --local --module softhsm.so", "The pkcs11 module 'softhsm.so' must be an absolute path." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Run_WrongUse_IsOneSentenceAndExitCode2(string arguments, string sentence)
    {
        using var system = await DemoSystem.CreateAsync();
        var words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        var human = await system.RunAsync(words);
        var json = await system.RunAsync([.. words, "--json"]);

        Assert.Equal((ExitCode.Usage, ""), (human.ExitCode, human.Output));
        Assert.Contains(sentence, human.Error, StringComparison.Ordinal);
        Assert.Single(human.Error.TrimEnd().Split('\n'));
        Assert.Equal((ExitCode.Usage, "", Codes.Usage), (json.ExitCode, json.Output, json.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Run_NoApi_IsRefusedAsUnreachable()
    {
        using var system = await DemoSystem.CreateAsync();
        var run = await system.RunAsync($"show {Id} --profile olivia --json");
        Assert.Equal((ExitCode.Refused, Codes.Unreachable), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Run_SomethingElseThanTheApi_IsRefused()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var run = await system.RunAsync($"show {Id} --profile olivia --json --api {api.Url}/elsewhere");
        Assert.Equal((ExitCode.Refused, Codes.AnswerMalformed), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Run_KeyThatOthersMayRead_IsUsage()
    {
        using var system = await DemoSystem.CreateAsync();
        File.SetUnixFileMode(system.Home.Of("keys", "operator-olivia.pem"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var run = await system.RunAsync("freezes --profile olivia");
        Assert.Equal(ExitCode.Usage, run.ExitCode);
        Assert.Contains("0600", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"kind":"operator","id":"olivia","keyId":"k","signer":{},"api":"http://127.0.0.1:1","audience":"a","trustRoot":"r"}""")]
    [InlineData("""{"kind":"operator","id":"olivia","keyId":"k","signer":{"file":"k.pem"},"api":"nowhere","audience":"a","trustRoot":"r"}""")]
    [InlineData("""{"kind":"operator","id":"olivia","keyId":"k","signer":{"file":"k.pem"},"api":"http://127.0.0.1:1","audience":"a","trustRoot":"r","more":1}""")]
    public async Task Run_MalformedProfile_IsUsage(string json)
    {
        using var system = await DemoSystem.CreateAsync();
        await File.WriteAllTextAsync(system.Home.Of("profiles", "odd.json"), json, TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Usage, (await system.RunAsync("freezes --profile odd")).ExitCode);
    }

    [Fact]
    public async Task Run_Help_IsDone()
    {
        using var system = await DemoSystem.CreateAsync();
        var run = await system.RunAsync("approve --help");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("--yes", run.Output, StringComparison.Ordinal);
    }
}
