using Custody.Core.Audit;

namespace Custody.Cli.Api;

/// <summary>An audit trail as the API answers it.</summary>
/// <param name="Subject">The withdrawal.</param>
/// <param name="Records">The records, oldest first.</param>
/// <param name="Head">The hash of the last one, as the withdrawal's own row has it.</param>
internal sealed record AuditAnswer(string Subject, IReadOnlyList<AuditRecord> Records, string Head);
