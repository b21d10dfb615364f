namespace Custody.Testing;

/// <summary>How an authenticator attests a credential.</summary>
public enum AuthenticatorForm
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>packed, with the credential's own key.</summary>
    Self,

    /// <summary>packed, with the maker's certificate.</summary>
    Certificate,

    /// <summary>packed, with a certificate of somebody else.</summary>
    OtherMaker,
}
