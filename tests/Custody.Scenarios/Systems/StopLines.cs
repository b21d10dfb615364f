using System.Text;
using Custody.Core.Encoding;
using Custody.Core.Journals;

namespace Custody.Scenarios.Systems;

/// <summary>The stop journal as its lines say, without the checks that are the app's to make.</summary>
internal static class StopLines
{
    public static async Task<StopView> ReadAsync(StorageAccess storage, CancellationToken cancellation) =>
        (await storage.JournalAsync("stop", cancellation)).Aggregate(StopView.Empty, (view, line) => view.With(CanonicalJson.Deserialize<StopEntry>(Encoding.UTF8.GetBytes(line))));
}
