namespace Custody.Core.Policy;

/// <summary>A rule's conditions, in the order in which they are asked.</summary>
public enum PolicyCondition
{
    /// <summary>None: the rule matches.</summary>
    None = 0,

    /// <summary>The asset.</summary>
    Asset,

    /// <summary>The client.</summary>
    Client,

    /// <summary>The customer's class.</summary>
    CustomerClass,

    /// <summary>The amount.</summary>
    Amount,

    /// <summary>Whose the destination is.</summary>
    Destination,

    /// <summary>When.</summary>
    Time,

    /// <summary>Whether the whitelist entry was paid before.</summary>
    FirstUse,

    /// <summary>What it is worth.</summary>
    Value,
}
