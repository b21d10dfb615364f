namespace Custody.Core.Reading;

/// <summary>The facts of a bundle, in the order in which a device verifies them. The default value names none.</summary>
public enum BundleFact
{
    /// <summary>None.</summary>
    Unknown = 0,

    /// <summary>It is the withdrawal that was asked for.</summary>
    Withdrawal,

    /// <summary>The governance document: root, quorum, and not older than the newest that this device has seen.</summary>
    Governance,

    /// <summary>The request: well-formed, this withdrawal's, not expired.</summary>
    Request,

    /// <summary>The exchange's signature over it.</summary>
    RequestSignature,

    /// <summary>The customer record.</summary>
    Customer,

    /// <summary>The whitelist entry.</summary>
    WhitelistEntry,

    /// <summary>The policy, evaluated again.</summary>
    Policy,

    /// <summary>The intent's digest, computed again.</summary>
    IntentDigest,

    /// <summary>The intent: exactly what request, entry and policy give.</summary>
    Intent,

    /// <summary>The approver: registered with this device, and not the initiator.</summary>
    Approver,

    /// <summary>What was ordered about a signed payment: signed, exactly what follows, within its terms.</summary>
    Amendment,
}
