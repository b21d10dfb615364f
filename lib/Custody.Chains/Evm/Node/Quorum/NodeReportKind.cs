namespace Custody.Chains.Evm;

/// <summary>What a <see cref="NodeReport"/> is about. The default value says nothing.</summary>
public enum NodeReportKind
{
    /// <summary>None.</summary>
    Unknown = 0,

    /// <summary>A provider answered otherwise than the majority; it was set aside.</summary>
    Disagrees,

    /// <summary>A provider is too many blocks behind; it was set aside.</summary>
    Lags,

    /// <summary>A provider does not answer; it was set aside.</summary>
    Silent,

    /// <summary>A provider that was set aside agrees again.</summary>
    Back,

    /// <summary>No majority agrees, so what depends on the answer waits.</summary>
    NoQuorum,
}
