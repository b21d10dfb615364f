using Custody.Core.Results;

namespace Custody.Functions.Sending;

/// <summary>What the sender says of signed bytes.</summary>
public abstract record CertifyOutcome
{
    private CertifyOutcome()
    {
    }

    /// <summary>They are the intent.</summary>
    /// <param name="Certificate">The certificate, a compact JWS.</param>
    /// <param name="TransactionId">The transaction that it is about.</param>
    public sealed record Certified(string Certificate, string TransactionId) : CertifyOutcome;

    /// <summary>They are something else. The vault is frozen and the attempt burnt.</summary>
    public sealed record Mismatch(string VaultId, string Reason) : CertifyOutcome;

    /// <summary>There is nothing to compare, or it does not verify.</summary>
    public sealed record Refused(RefusalCode Code, string Detail) : CertifyOutcome;

    /// <summary>No answer that can be relied on; asking again is safe.</summary>
    public sealed record Unknown(RefusalCode Code, string Detail) : CertifyOutcome;
}
