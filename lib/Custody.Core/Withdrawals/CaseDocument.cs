namespace Custody.Core.Withdrawals;

/// <summary>A document in a withdrawal's file: written once, never changed.</summary>
/// <param name="Name">Its name in the file, see <see cref="CaseDocuments"/>.</param>
/// <param name="Content">Its bytes, at most 60 KiB.</param>
/// <param name="Signature">A detached JWS over the bytes, where the document is signed that way.</param>
public sealed record CaseDocument(string Name, ReadOnlyMemory<byte> Content, string? Signature = null);
