namespace Custody.Functions.Roles;

/// <summary>A process that holds one role and calls the others.</summary>
/// <param name="Role">Its role: pipeline, signer or sender.</param>
/// <param name="Listen">Where it is called; null for the pipeline, which no role calls.</param>
/// <param name="Signer">Where the signer is called; null for the signer itself.</param>
/// <param name="Sender">Where the sender is called; for the pipeline alone.</param>
/// <param name="CertificateFile">Its certificate, PEM.</param>
/// <param name="KeyFile">The certificate's private key, PEM.</param>
/// <param name="AuthorityFile">The certificate of the authority that all roles' certificates come from, PEM.</param>
public sealed record RoleSetting(
    CustodyRole Role, Uri? Listen, Uri? Signer, Uri? Sender, string CertificateFile, string KeyFile, string AuthorityFile);
