using System.CommandLine;
using Custody.Cli.CommandLine;
using Custody.Cli.Initialisation.Plan;
using Custody.Cli.Outcomes;

namespace Custody.Cli.Commands;

/// <summary>The options of <c>custody init --local</c>: where the parts of the demonstration are, when not in their usual places.</summary>
internal sealed class LocalOptions
{
    private static readonly LocalPlaces Usual = new();

    public Option<bool> Local { get; } = new("--local") { Description = "The built-in demonstration plan, instead of a file." };

    private readonly Option<string> _node = With("--node", $"With --local: the chain's node (default {Usual.Node}).", "URL");
    private readonly Option<string> _pipeline = With("--pipeline-storage", "With --local: the pipeline's storage account (default Azurite on its usual ports).", "CONNECTION");
    private readonly Option<string> _journals = With("--journal-storage", "With --local: the journals' storage account.", "CONNECTION");
    private readonly Option<string> _module = With("--module", $"With --local: the PKCS#11 module (default {Usual.Module}).", "PATH");
    private readonly Option<string> _prefix = With("--token-prefix", $"With --local: before each new token's label (default {Usual.TokenPrefix}).", "TEXT");

    public Command AddTo(Command command)
    {
        foreach (var option in new Option[] { Local, _node, _pipeline, _journals, _module, _prefix })
        {
            command.Add(option);
        }

        return command;
    }

    public Step<InitialisationPlan> Plan(CommandContext context)
    {
        var plan = LocalPlan.Create(new LocalPlaces
        {
            ApiUrl = context.Api ?? Usual.ApiUrl,
            Node = context.Value(_node) ?? Usual.Node,
            PipelineStorage = context.Value(_pipeline) ?? Usual.PipelineStorage,
            JournalStorage = context.Value(_journals) ?? Usual.JournalStorage,
            Module = context.Value(_module) ?? Usual.Module,
            TokenPrefix = context.Value(_prefix) ?? Usual.TokenPrefix,
        });
        return PlanRules.Problem(plan) is { } problem ? new CliOutcome.Usage(problem) : plan;
    }

    private static Option<string> With(string name, string description, string value) => new(name) { Description = description, HelpName = value };
}
