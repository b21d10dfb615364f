using System.Text.Json;
using Custody.Cli.Outcomes;
using Custody.Cli.Tests.Support;
using Custody.Core.Approvals.WebAuthn;
using Custody.Core.Encoding;
using Custody.Core.Governance;
using Custody.Core.Journals;
using Custody.Testing;

namespace Custody.Cli.Tests.Commands;

/// <summary>Registering an authenticator, and reinstating a suspended device.</summary>
public sealed class DeviceCommandTests
{
    private static readonly WebAuthnTerms Terms = new(
        SoftwareAuthenticator.RelyingParty, [SoftwareAuthenticator.Origin], [new AuthenticatorModel(SoftwareAuthenticator.Model, [SoftwareAuthenticator.Root])]);

    [Fact]
    public async Task Challenge_OfADevice_IsWhatTheRegistrationMustCarry()
    {
        using var system = await DemoSystem.CreateAsync();
        var run = await system.RunAsync("device challenge carol/carol-key");

        Assert.Equal((ExitCode.Done, SoftwareAuthenticator.Text(RegistrationRule.Challenge("carol", "carol-key"))), (run.ExitCode, run.Output.Trim()));
    }

    [Fact]
    public async Task Register_AttestedByAGovernedModel_PrintsADeviceThatGovernanceAccepts()
    {
        var (api, system) = await ApiDouble.StartAsync(p => p with { WebAuthn = Terms });
        await using var disposing = api;
        var file = await WriteAsync(system, new SoftwareAuthenticator("carol").Register("carol", "carol-key"));

        var run = await system.RunAsync(["device", "register", "carol/carol-key", "--registration", file, "--profile", "olivia", "--json"]);
        var human = await system.RunAsync(["device", "register", "carol/carol-key", "--registration", file, "--profile", "olivia"]);

        Assert.Equal((ExitCode.Done, SoftwareAuthenticator.Model), (run.ExitCode, run.OutputJson.GetProperty("aaguid").GetString()));
        var device = CanonicalJson.DeserializeLoose<Device>(JsonSerializer.SerializeToUtf8Bytes(run.OutputJson.GetProperty("device")));
        Assert.True(RegistrationRule.Check("carol", device, Terms).IsAllowed);
        Assert.Contains(System.Text.Encoding.UTF8.GetString(CanonicalJson.Serialize(device)), human.Output, StringComparison.Ordinal);

        // As a plan or the next governance version would carry it.
        using var next = await DemoSystem.CreateAsync(change: p => p with
        {
            WebAuthn = Terms,
            Approvers = [.. p.Approvers.Select(a => a.Id == "carol" ? a with { Devices = [.. a.Devices, new("carol-key", WebAuthn: device.WebAuthn)] } : a)],
        });
        Assert.Equal(device.Key, next.Governed.Document.Approvers.Single(a => a.Id == "carol").Devices[1].Key);
    }

    [Theory]
    [InlineData("carol/carol-other", AuthenticatorForm.Certificate, "web-authn-challenge-mismatch")]
    [InlineData("carol/carol-key", AuthenticatorForm.None, "web-authn-attestation-missing")]
    [InlineData("carol/carol-key", AuthenticatorForm.Self, "web-authn-attestation-invalid")]
    [InlineData("carol/carol-key", AuthenticatorForm.OtherMaker, "web-authn-attestation-invalid")]
    public async Task Register_NotAttestedForThis_IsRefused(string device, AuthenticatorForm form, string code)
    {
        using var system = await DemoSystem.CreateAsync();
        var file = await WriteAsync(system, new SoftwareAuthenticator("carol").Register("carol", "carol-key", form));
        var terms = system.Home.Of("terms.json");
        await File.WriteAllBytesAsync(terms, CanonicalJson.Serialize(Terms), TestContext.Current.CancellationToken);

        var run = await system.RunAsync(["device", "register", device, "--registration", file, "--terms", terms, "--json"]);

        Assert.Equal((ExitCode.Refused, "", code), (run.ExitCode, run.Output, run.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Register_AModelThatIsNotGoverned_IsRefused()
    {
        using var system = await DemoSystem.CreateAsync();
        var file = await WriteAsync(system, new SoftwareAuthenticator("carol").Register("carol", "carol-key"));
        var terms = system.Home.Of("terms.json");
        await File.WriteAllBytesAsync(
            terms, CanonicalJson.Serialize(Terms with { Models = [new AuthenticatorModel("11111111-2222-3333-4444-555555555555")] }), TestContext.Current.CancellationToken);

        var run = await system.RunAsync(["device", "register", "carol/carol-key", "--registration", file, "--terms", terms, "--json"]);

        Assert.Equal((ExitCode.Refused, "web-authn-model-forbidden"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Register_WithoutTermsInForce_IsRefused()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var file = await WriteAsync(system, new SoftwareAuthenticator("carol").Register("carol", "carol-key"));

        var run = await system.RunAsync(["device", "register", "carol/carol-key", "--registration", file, "--profile", "olivia", "--json"]);

        Assert.Equal((ExitCode.Refused, "web-authn-not-governed"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Register_AFileThatIsNone_IsUsage()
    {
        using var system = await DemoSystem.CreateAsync();
        var file = system.Home.Of("registration.json");
        foreach (var content in new[] { "", "{", "[]", "{}", """{"id":"x","response":{"clientDataJSON":"x"}}""", """{"id":1,"response":{"clientDataJSON":"x","attestationObject":"x"}}""" })
        {
            await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
            var run = await system.RunAsync(["device", "register", "carol/carol-key", "--registration", file]);
            Assert.Equal((ExitCode.Usage, ""), (run.ExitCode, run.Output));
            Assert.Contains("cannot be read as a browser's registration", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Suspended_Devices_AreListed()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        Assert.Equal("No device is suspended.", (await system.RunAsync("device suspended --profile olivia")).Output.TrimEnd());

        api.Stops = Suspension;

        Assert.Contains("alice/alice-1  9     2026-01-31T12:00:00Z  It lied.", (await system.RunAsync("device suspended --profile olivia")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reinstate_TwoOperators_NameTheSuspensionsLine()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        api.Stops = Suspension;

        var first = await system.RunAsync(["device", "reinstate", "alice/alice-1", "--reason", "Looked at.", "--profile", "olivia"]);
        var second = await system.RunAsync(["device", "reinstate", "alice/alice-1", "--reason", "Looked at.", "--profile", "oscar"]);

        Assert.StartsWith("… Signed the reinstatement of alice/alice-1; a second operator", first.Output, StringComparison.Ordinal);
        Assert.StartsWith("✓ Reinstated: alice/alice-1.", second.Output, StringComparison.Ordinal);
        Assert.Equal(2, api.Accepted.Count);
    }

    [Fact]
    public async Task Reinstate_NotSuspended_SignsNothing()
    {
        var (api, system) = await ApiDouble.StartAsync();
        await using var disposing = api;
        var run = await system.RunAsync(["device", "reinstate", "alice/alice-1", "--reason", "x", "--profile", "olivia", "--json"]);
        Assert.Equal((ExitCode.Refused, "device-not-suspended"), (run.ExitCode, run.ErrorJson.GetProperty("code").GetString()));
        Assert.Empty(api.Accepted);
    }

    private static StopView Suspension => StopView.Empty.With(new StopEntry(1, 9, "", DemoSystem.Now, StopKind.DeviceSuspended, "alice/alice-1", 1, new string('0', 64), "It lied.", []));

    private static async Task<string> WriteAsync(DemoSystem system, AuthenticatorRegistration made)
    {
        var file = system.Home.Of("registration.json");
        await File.WriteAllTextAsync(
            file,
            $$$"""
            {"id":"{{{SoftwareAuthenticator.Text(made.CredentialId)}}}","rawId":"{{{SoftwareAuthenticator.Text(made.CredentialId)}}}","type":"public-key","clientExtensionResults":{},
             "response":{"clientDataJSON":"{{{SoftwareAuthenticator.Text(made.ClientData)}}}","attestationObject":"{{{SoftwareAuthenticator.Text(made.AttestationObject)}}}","transports":["usb"]}}
            """,
            TestContext.Current.CancellationToken);
        return file;
    }
}
