using Custody.Scenarios.Scripts;
using Custody.Scenarios.Systems;

namespace Custody.Scenarios;

/// <summary>Plays one script on a system of its own.</summary>
internal static class Player
{
    /// <summary>Plays it to its end; throws <see cref="ScenarioException"/> at the first step that does not hold.</summary>
    public static async Task PlayAsync(Script script, SystemTemplate template, CancellationToken cancellation)
    {
        await using var world = await World.StartAsync(script.Name, template, script.Nodes, cancellation);
        for (var i = 0; i < script.Steps.Count; i++)
        {
            try
            {
                var step = await script.ExpandAsync(i, world.Variables, cancellation);
                await step.RunAsync(world, cancellation);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                throw new ScenarioException($"step {i + 1} {script.Describe(i)}: {(failure is ScenarioException ? failure.Message : failure.ToString())}\n{world.Story()}", failure);
            }
        }

        if (await Invariants.ProblemAsync(world, cancellation) is { } problem)
        {
            throw new ScenarioException($"after the last step: {problem}\n{world.Story()}");
        }
    }
}
