using Custody.Core.Signatures;
using Custody.Core.Withdrawals;
using Custody.Testing.App;

namespace Custody.Functions.Tests.Support;

/// <summary>An exchange's cancellations.</summary>
internal static class Cancellations
{
    public static Task<ApiAnswer> PostAsync(
        RunningSystem system, string id, string client, Func<CancellationStatement, CancellationStatement>? change = null, string type = DocumentType.Cancellation) =>
        system.Api.PostAsync(
            $"api/v1/withdrawals/{id}/cancellation", client, type, (change ?? (s => s))(new CancellationStatement(1, id, client, "a test", Journeys.Now)));
}
