using System.Diagnostics;
using Custody.Scenarios.Scripts;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios.Reports;

/// <summary>Plays a folder of scripts two at a time, and prints each by name with whether it holds and why not.</summary>
internal static class FolderPlay
{
    private const int AtOnce = 2;

    public static async Task<int> RunAsync(string folder, string? only)
    {
        if (!Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync($"There is no folder '{folder}'.");
            return 2;
        }

        var names = ScriptFolder.Names(folder).Where(n => only is null || n.Contains(only, StringComparison.OrdinalIgnoreCase)).ToList();
        if (names.Count == 0)
        {
            await Console.Error.WriteLineAsync($"There is no script (*.json) in '{folder}'{(only is null ? "" : $" whose name contains '{only}'")}.");
            return 2;
        }

        var failed = 0;
        await using var template = new SystemTemplates();
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (name, cancellation) =>
        {
            var watch = Stopwatch.StartNew();
            var problem = await ProblemAsync(folder, name, template, cancellation);
            var took = $"{watch.Elapsed.TotalSeconds:0.0} s";
            lock (names)
            {
                failed += problem is null ? 0 : 1;
                Console.WriteLine(problem is null ? $"pass  {name}  ({took})" : $"FAIL  {name}  ({took})\n      {problem.ReplaceLineEndings("\n      ")}");
            }
        });
        Console.WriteLine($"{names.Count - failed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    private static async Task<string?> ProblemAsync(string folder, string name, SystemTemplates templates, CancellationToken cancellation)
    {
        try
        {
            var script = ScriptFolder.Read(folder, name);
            await Player.PlayAsync(script, await templates.GetAsync(script.CoolsOff, cancellation), cancellation);
            return null;
        }
        catch (ScenarioException broken)
        {
            return broken.Message;
        }
        catch (Exception unforeseen)
        {
            return unforeseen.ToString();
        }
    }
}
