namespace Custody.Core.Keys;

/// <summary>What a governed key signs. The default value is nothing.</summary>
public enum KeyPurpose
{
    /// <summary>None; refused.</summary>
    Unknown = 0,

    /// <summary>Payments to customers.</summary>
    Withdrawal,

    /// <summary>The upkeep of the vault's own account, such as gap fills, which pay nobody. A vault's key signs both.</summary>
    Maintenance,

    /// <summary>The audit trail's seals. No key has it yet.</summary>
    AuditSeal,

    /// <summary>Governance, vetoes and restore statements.</summary>
    Governance,

    /// <summary>Comparison certificates.</summary>
    Comparison,

    /// <summary>Votes and whitelist signatures.</summary>
    Approval,

    /// <summary>What operators sign: freezes, thaws, resolutions, orders.</summary>
    Operation,

    /// <summary>An exchange's requests, customers and whitelist entries.</summary>
    Request,

    /// <summary>Prices.</summary>
    Price,
}
