using Custody.Core.Governance;

namespace Custody.Testing.World;

/// <summary>The keys of everybody in the world. Both algorithms occur in every role that may have either.</summary>
public static class People
{
    public static readonly SoftwareKey Gina = SoftwareKey.EdDsa("governor-gina");
    public static readonly SoftwareKey Gus = SoftwareKey.Es256("governor-gus");
    public static readonly SoftwareKey Gwen = SoftwareKey.EdDsa("governor-gwen");
    public static readonly SoftwareKey Exchange = SoftwareKey.Es256("exchange-key-1");
    public static readonly SoftwareKey OtherExchange = SoftwareKey.EdDsa("other-exchange-key-1");
    public static readonly SoftwareKey Ann = SoftwareKey.EdDsa("device-ann");
    public static readonly SoftwareKey Bob = SoftwareKey.Es256("device-bob");
    public static readonly SoftwareKey Cat = SoftwareKey.EdDsa("device-cat");
    public static readonly SoftwareKey Olga = SoftwareKey.EdDsa("operator-olga");
    public static readonly SoftwareKey Omar = SoftwareKey.Es256("operator-omar");
    public static readonly SoftwareKey Comparison = SoftwareKey.EdDsa("comparison-key");

    /// <summary>Signs prices.</summary>
    public static readonly SoftwareKey Feed = SoftwareKey.Es256("feed-key-1");

    /// <summary>In no governance document.</summary>
    public static readonly SoftwareKey Stranger = SoftwareKey.EdDsa("stranger");

    public static readonly VaultKey HotKey = new("hot-key-1");
    public static readonly VaultKey WarmKey = new("warm-key-1");

    /// <summary>The key of an approver's only device.</summary>
    public static SoftwareKey DeviceOf(string approverId) => approverId switch
    {
        "ann" => Ann,
        "bob" => Bob,
        "cat" => Cat,
        _ => SoftwareKey.EdDsa($"device-{approverId}"),
    };

    /// <summary>A device with evidence on record.</summary>
    public static Device Device(string id, SoftwareKey key) => new(id, key.Registered, new ExpiringReference($"evidence/{id}", CustodyWorld.Start.AddYears(1)));

    /// <summary>An approver with one device.</summary>
    public static Approver Approver(string id, string site, string? person = null, string role = "treasury") =>
        new(id, person ?? id, role, site, [Device($"{id}-phone", DeviceOf(id))], new ExpiringReference("training/2026", CustodyWorld.Start.AddYears(1)));

    public static SoftwareKey OperatorKey(string operatorId) => operatorId == "olga" ? Olga : Omar;
}
