using Custody.Cli.Initialisation;
using Custody.Core.Signatures;

namespace Custody.Scenarios.Systems;

/// <summary>Who signs what: exchanges, operators and governors by id, approvers by their id or their device's.</summary>
internal sealed class People(InitialisedSystem system)
{
    public string Audience => system.Plan.Api.Audience;

    public IDocumentSigner Signer(string who)
    {
        try
        {
            return system.Signer(Device(who) ?? who);
        }
        catch (KeyNotFoundException unknown)
        {
            throw new ScenarioException(unknown.Message, unknown);
        }
    }

    /// <summary>The device of an approver; null for anybody else.</summary>
    public string? Device(string who) => system.Plan.Approvers.FirstOrDefault(a => a.Id == who)?.Devices[0].Id;

    /// <summary>The device that is an approver's authenticator.</summary>
    public static string AuthenticatorDevice(string who) => $"{who}-key";
}
