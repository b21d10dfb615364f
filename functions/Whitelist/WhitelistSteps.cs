using Custody.Core.Whitelisting;

namespace Custody.Functions.Whitelist;

/// <summary>
/// The stages of a whitelist entry, by the names of their activities, in their order: vet → count → mature. A stage that screens
/// the address belongs between vet and count; the status <see cref="WhitelistStatus.Screening"/> is its. Names are in histories: a
/// released one never changes.
/// </summary>
public static class WhitelistSteps
{
    /// <summary>Verify the stored proposal and the customer, and look for look-alikes.</summary>
    public const string Vet = "VetEntry";

    /// <summary>Count the approvers' signatures; activate, or end what was not decided in time.</summary>
    public const string Count = "CountEntryApprovals";

    /// <summary>Wait until the cooling-off is past by both clocks.</summary>
    public const string Mature = "MatureEntry";

    /// <summary>Nothing follows.</summary>
    public const string End = "End";

    /// <summary>The step that an entry in this status needs next.</summary>
    public static string After(WhitelistStatus status) => status switch
    {
        WhitelistStatus.Proposed => Vet,
        WhitelistStatus.AwaitingApproval => Count,
        WhitelistStatus.CoolingOff => Mature,
        _ => End,
    };
}
