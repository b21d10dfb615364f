namespace Custody.Core.Maintenance;

/// <summary>How far an order of upkeep is. The gate believes none of it.</summary>
public enum UpkeepStatus
{
    /// <summary>No status.</summary>
    Unknown = 0,

    /// <summary>Operators sign; nothing was taken.</summary>
    Proposed,

    /// <summary>Enough signed; the nonce is taken, the bytes are built and the gate is asked.</summary>
    Approved,

    /// <summary>The gate signed.</summary>
    Signed,

    /// <summary>The comparison certified the signed bytes.</summary>
    Compared,

    /// <summary>The bytes are sent, again and again, until they are mined and final.</summary>
    Sent,

    /// <summary>A gap fill is mined and final. An end.</summary>
    Filled,

    /// <summary>Refused before anything was signed, and the nonce given back; or mined, reverted and final. An end.</summary>
    Refused,

    /// <summary>Gas funding is mined and final, and posted. An end.</summary>
    Funded,
}
