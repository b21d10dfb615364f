using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Custody.Cli.CommandLine;
using Custody.Cli.Homes;
using Custody.Cli.Initialisation;
using Custody.Cli.Initialisation.Plan;
using Custody.Cli.Outcomes;
using Custody.Cli.Terminal;
using Spectre.Console;

namespace Custody.Cli.Commands;

/// <summary><c>custody init</c>: sets a system up on an empty store.</summary>
internal static class InitCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var plan = new Option<string>("--plan") { Description = "The plan, a JSON file.", HelpName = "FILE" };
        var local = new LocalOptions();
        var print = new Option<bool>("--print-plan") { Description = "Print the plan and stop." };
        var command = local.AddTo(new Command("init", "Set a system up on an empty store: governance, keys, whitelist, journals, profiles and settings.") { plan });
        command.Add(print);
        command.Validators.Add(result =>
        {
            if (result.GetResult(plan) is null == !result.GetValue(local.Local))
            {
                result.AddError("Give either --plan FILE or --local.");
            }
        });
        return command.Runs(environment, async (context, cancellation) =>
            (context.Value(plan) is { } path ? Read(path) : local.Plan(context)).Stops(out var stop, out var read) ? stop
            : context.Value(print) ? Printed(read)
            : await RunAsync(context, read, cancellation));
    }

    private static Step<InitialisationPlan> Read(string path)
    {
        try
        {
            return PlanReader.Read(File.ReadAllBytes(path)) switch
            {
                PlanReading.Read read => read.Plan,
                PlanReading.Malformed malformed => new CliOutcome.Usage(malformed.Sentence),
                _ => throw new InvalidOperationException("A plan is either read or malformed."),
            };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new CliOutcome.Usage($"The plan '{path}' cannot be read: {unreadable.Message}");
        }
    }

    private static CliOutcome.Done Printed(InitialisationPlan plan) => new(
        JsonSerializer.SerializeToNode(plan, HomeJson.Options)!,
        console => console.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(plan, HomeJson.Options)));

    private static async Task<CliOutcome> RunAsync(CommandContext context, InitialisationPlan plan, CancellationToken cancellation)
    {
        var initialiser = new Initialiser(plan, context.Home.Path, context.Environment.Time)
        {
            Passed = context.Json ? null : stage => context.Environment.OutputConsole.MarkupLine($"{Theme.Good("✓")} {Theme.Text(Said(stage, plan))}"),
        };
        switch (await initialiser.RunAsync(cancellation))
        {
            case InitialisationResult.Done done:
                await using (done.System)
                {
                    return new CliOutcome.Done(Document(done.System), console => Paint(console, done.System));
                }

            case InitialisationResult.Refused { Stage: InitialisationStage.Plan } refused:
                return new CliOutcome.Usage($"The plan cannot work: {refused.Detail}");
            case InitialisationResult.Refused refused:
                return CliOutcome.Refused.Because(
                    refused.IsTaken ? Codes.NotEmpty : Codes.InitialisationFailed, "Nothing was set up.", refused.Detail, ("stage", Word(refused.Stage)));
            case InitialisationResult.BrokenOff broken:
                return CliOutcome.Refused.Because(
                    Codes.InitialisationFailed, "Setting up broke off.", $"{broken.Detail.TrimEnd('.')}. {broken.Remedy}", ("stage", Word(broken.Stage)));
            default:
                throw new InvalidOperationException("Setting up has no other outcome.");
        }
    }

    private static JsonObject Document(InitialisedSystem system) => new()
    {
        ["trustRoot"] = system.TrustRoot,
        ["governanceDigest"] = system.Governance.Digest(),
        ["home"] = system.Home,
        ["settings"] = Path.Combine(system.Home, SystemSettings.FileName),
        ["profiles"] = new JsonArray([.. system.Profiles.Keys.Select(name => JsonValue.Create(name))]),
        ["vaults"] = new JsonArray([.. system.Governance.Vaults.Select(v => new JsonObject
        {
            ["id"] = v.Id, ["chain"] = v.Chain.ToString(), ["address"] = v.Chain.IsEvm ? v.EvmAddress().ToString() : null,
        })]),
    };

    private static void Paint(IAnsiConsole console, InitialisedSystem system)
    {
        console.WriteLine();
        console.MarkupLine(Theme.Strong("The system is set up."));
        Facts.Write(
            console,
            [
                ("Trust root", system.TrustRoot),
                .. system.Governance.Vaults.Select(v => ("Vault", (string?)(v.Chain.IsEvm ? $"{v.Id} pays from {v.EvmAddress()}" : v.Id))),
                ("Profiles", string.Join(", ", system.Profiles.Keys)),
                ("Home", system.Home),
                ("Settings", Path.Combine(system.Home, SystemSettings.FileName)),
            ]);
    }

    private static string Said(InitialisationStage stage, InitialisationPlan plan) => stage switch
    {
        InitialisationStage.Plan => "The plan works: rehearsed with throw-away keys",
        InitialisationStage.Home => "The home is empty",
        InitialisationStage.Storage => "Both storage accounts answer and are empty",
        InitialisationStage.Chains => $"{string.Join(", ", plan.Chains.Select(c => c.Id))}: genesis known",
        InitialisationStage.Module => "The PKCS#11 module is ready",
        InitialisationStage.Keys => $"{PlanRules.Labels(plan).Count} tokens made, keys generated inside them, documents signed and verified",
        InitialisationStage.Profiles => "Profiles and settings written",
        InitialisationStage.Facts => "Governance, customers and whitelist stored",
        InitialisationStage.Journals => "Journals begun",
        _ => stage.ToString(),
    };

    private static string Word(InitialisationStage stage) => stage.ToString().ToLowerInvariant();
}
