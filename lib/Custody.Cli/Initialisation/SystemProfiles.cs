using Custody.Cli.Homes;
using Custody.Cli.Initialisation.Keys;
using Custody.Cli.Initialisation.Plan;

namespace Custody.Cli.Initialisation;

/// <summary>A profile for every client, device, governor and operator whose key is at hand.</summary>
internal static class SystemProfiles
{
    public static IReadOnlyDictionary<string, Profile> Of(InitialisationPlan plan, SystemDraft draft)
    {
        var profiles = new Dictionary<string, Profile>(StringComparer.Ordinal);
        foreach (var client in plan.Clients)
        {
            Add(client.Id, ProfileKind.Client, client.Id, null, draft.Keys[client.Id]);
        }

        foreach (var approver in plan.Approvers)
        {
            foreach (var device in approver.Devices)
            {
                // Who has one device is called by name; who has several chooses one.
                Add(approver.Devices.Count == 1 ? approver.Id : device.Id, ProfileKind.Approver, approver.Id, device.Id, draft.Keys[device.Id]);
            }
        }

        foreach (var governor in plan.Governors.Members)
        {
            Add(governor.Id, ProfileKind.Governor, governor.Id, null, draft.Keys[governor.Id]);
        }

        foreach (var person in plan.Operators)
        {
            Add(person.Id, ProfileKind.Operator, person.Id, null, draft.Keys[person.Id]);
        }

        return profiles;

        void Add(string name, ProfileKind kind, string id, string? deviceId, HeldKey key)
        {
            if (key.Place is { } place)
            {
                profiles.Add(name, new Profile(kind, id, deviceId, key.Registered.KeyId, place, plan.Api.Url, plan.Api.Audience, draft.TrustRoot));
            }
        }
    }
}
