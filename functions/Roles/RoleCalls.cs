namespace Custody.Functions.Roles;

/// <summary>Who may call what: a closed table. What is not in it is refused.</summary>
public static class RoleCalls
{
    /// <summary>Asks the gate for a withdrawal's signature.</summary>
    public const string Sign = "/signer/v1/withdrawals/sign";

    /// <summary>Asks whether the gate would sign a withdrawal.</summary>
    public const string Ready = "/signer/v1/withdrawals/ready";

    /// <summary>Asks the gate for a gap fill's signature.</summary>
    public const string Fill = "/signer/v1/fills/sign";

    /// <summary>Asks whether the gate would sign a gap fill.</summary>
    public const string FillReady = "/signer/v1/fills/ready";

    /// <summary>Has the signer look at who voted on a withdrawal.</summary>
    public const string LookAtVotes = "/signer/v1/duress/votes";

    /// <summary>Has the signer look at who signed a whitelist entry.</summary>
    public const string LookAtEntry = "/signer/v1/duress/entries";

    /// <summary>Has the signer look at who answered drills.</summary>
    public const string LookAtDrills = "/signer/v1/duress/drills";

    /// <summary>Hands the signer a line for the stop journal.</summary>
    public const string Append = "/signer/v1/journals/stop";

    /// <summary>Hands the signer the closing line of what ended unpaid, for a vault's signing journal.</summary>
    public const string Close = "/signer/v1/journals/signing";

    /// <summary>Has the sender compare and certify a withdrawal's bytes.</summary>
    public const string Certify = "/sender/v1/withdrawals/certify";

    /// <summary>Has the sender hand a withdrawal's bytes to the node.</summary>
    public const string Send = "/sender/v1/withdrawals/send";

    /// <summary>Has the sender compare and certify a gap fill's bytes.</summary>
    public const string CertifyFill = "/sender/v1/fills/certify";

    /// <summary>Has the sender hand a gap fill's bytes to the node.</summary>
    public const string SendFill = "/sender/v1/fills/send";

    /// <summary>Asks whether the role can authorise anything.</summary>
    public const string Health = "/health";

    private static readonly CustodyRole[] Pipeline = [CustodyRole.Pipeline];
    private static readonly CustodyRole[] Both = [CustodyRole.Pipeline, CustodyRole.Sender];

    private static readonly Dictionary<string, (CustodyRole Of, CustodyRole[] Callers)> Table = new(StringComparer.Ordinal)
    {
        [Sign] = (CustodyRole.Signer, Pipeline),
        [Ready] = (CustodyRole.Signer, Pipeline),
        [Fill] = (CustodyRole.Signer, Pipeline),
        [FillReady] = (CustodyRole.Signer, Pipeline),
        [LookAtVotes] = (CustodyRole.Signer, Pipeline),
        [LookAtEntry] = (CustodyRole.Signer, Pipeline),
        [LookAtDrills] = (CustodyRole.Signer, Pipeline),
        [Append] = (CustodyRole.Signer, Both),
        [Close] = (CustodyRole.Signer, Pipeline),
        [Certify] = (CustodyRole.Sender, Pipeline),
        [Send] = (CustodyRole.Sender, Pipeline),
        [CertifyFill] = (CustodyRole.Sender, Pipeline),
        [SendFill] = (CustodyRole.Sender, Pipeline),
    };

    /// <summary>Every call with the role that answers it and those that may make it.</summary>
    public static IReadOnlyDictionary<string, (CustodyRole Of, CustodyRole[] Callers)> All => Table;

    /// <summary>Whether <paramref name="caller"/> may make a call to <paramref name="role"/>.</summary>
    public static bool MayCall(CustodyRole caller, string path, CustodyRole role) =>
        path == Health ? caller is CustodyRole.Pipeline or CustodyRole.Signer or CustodyRole.Sender
        : Table.TryGetValue(path, out var call) && call.Of == role && call.Callers.Contains(caller);
}
