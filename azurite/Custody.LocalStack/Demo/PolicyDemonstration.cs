using System.Text.Json;
using Custody.LocalStack.Parts;
using Custody.LocalStack.Terminal;

namespace Custody.LocalStack.Demo;

/// <summary>A withdrawal that no rule allows: what policy says of it before it is asked for, and what becomes of it.</summary>
internal sealed class PolicyDemonstration(CustodyCommand custody, Screen screen, TimeProvider time)
{
    private const string Client = "exchange-a";
    private const string Amount = "11 ETH";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Runs it; true when it was refused for the reason that was foretold.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        string[] asked = ["--profile", Client, "--customer", "customer-1", "--asset", "ETH", "--amount", Amount, "--entry", "entry-1"];
        screen.Heading($"A withdrawal of {Amount}, which policy refuses");
        var begun = time.GetTimestamp();
        var foretold = await custody.RunAsync(["policy", "explain", .. asked], cancellation);
        screen.Copy($"custody policy explain --customer customer-1 --asset ETH --amount '{Amount}' --entry entry-1");
        screen.Event(Text(foretold, "stage"), $"{Text(foretold, "code")}: {Text(foretold, "detail")}", time.GetElapsedTime(begun));
        foreach (var rule in foretold.GetProperty("rules").EnumerateArray())
        {
            screen.Fact($"rule {Text(rule, "ruleId")}", Text(rule, "why") is { Length: > 0 } why ? $"does not match: {why}" : "matches");
        }

        screen.Space();
        var id = (await custody.RunAsync(["submit", .. asked], cancellation)).GetProperty("id").GetString()!;
        screen.Copy($"custody submit --customer customer-1 --asset ETH --amount '{Amount}' --entry entry-1");
        screen.Note(id);
        while (time.GetElapsedTime(begun) < Patience)
        {
            var shown = await custody.RunAsync(["show", id, "--profile", Client], cancellation);
            if (Text(shown, "status") is "rejected" or "awaitingApproval" or "held")
            {
                screen.Event(Text(shown, "status"), $"{Text(shown, "reason")}: {Text(shown, "reasonDetail")}", time.GetElapsedTime(begun));
                return Text(shown, "status") == "rejected" && Text(shown, "reason") == Text(foretold, "code");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250), time, cancellation);
        }

        screen.Fact("Ended", "The withdrawal was not refused in time.");
        return false;
    }

    private static string Text(JsonElement document, string member) => document.TryGetProperty(member, out var value) ? value.ToString() : "";
}
