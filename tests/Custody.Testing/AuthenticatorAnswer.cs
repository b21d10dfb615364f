namespace Custody.Testing;

/// <summary>How an authenticator's or a browser's answer differs from a good one; what is absent is good.</summary>
public sealed record AuthenticatorAnswer
{
    public string? Type { get; init; }

    public string? Origin { get; init; }

    /// <summary>The JSON members after the origin, with their leading comma.</summary>
    public string? CrossOrigin { get; init; }

    public string? RelyingParty { get; init; }

    public byte WithFlags { get; init; }

    public byte WithoutFlags { get; init; }

    public uint? Counter { get; init; }

    public string? Model { get; init; }

    /// <summary>The COSE key.</summary>
    public byte[]? Key { get; init; }

    /// <summary>The attestation's format.</summary>
    public string? Format { get; init; }

    /// <summary>The other maker.</summary>
    public AuthenticatorMaker? Maker { get; init; }
}
