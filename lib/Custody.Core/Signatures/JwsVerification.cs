namespace Custody.Core.Signatures;

/// <summary>The outcome of verifying a JWS.</summary>
public abstract record JwsVerification
{
    private JwsVerification()
    {
    }

    /// <summary>It verifies under a registered key.</summary>
    public sealed record Valid(JwsHeader Header, byte[] Payload, RegisteredKey Key) : JwsVerification;

    /// <summary>It does not count.</summary>
    public sealed record Invalid(JwsRefusal Reason, string Detail) : JwsVerification;
}
