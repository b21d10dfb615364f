using System.CommandLine;
using Custody.LocalStack.Terminal;

namespace Custody.LocalStack;

/// <summary>The command line that ./run calls; its users read ./run --help.</summary>
internal static class StackCommand
{
    public static RootCommand Create(Screen screen, TimeProvider time)
    {
        var state = new Option<string>("--state") { Required = true };
        var port = new Option<int>("--port") { Required = true };
        var azurite = new Option<int>("--azurite-port") { Required = true };
        var anvil = new Option<int>("--anvil-port") { Required = true };
        var module = new Option<string>("--module") { Required = true };
        var demo = new Option<bool>("--demo");
        var fresh = new Option<bool>("--fresh");
        var split = new Option<bool>("--split");
        var command = new RootCommand("The local stack.") { state, port, azurite, anvil, module, demo, fresh, split };
        command.SetAction((arguments, cancellation) => new Stack(
            new StackOptions(
                Path.GetFullPath(arguments.GetRequiredValue(state)),
                arguments.GetRequiredValue(port),
                arguments.GetRequiredValue(azurite),
                arguments.GetRequiredValue(anvil),
                arguments.GetRequiredValue(module),
                arguments.GetValue(demo),
                arguments.GetValue(fresh),
                arguments.GetValue(split)),
            screen,
            time).RunAsync(cancellation));
        return command;
    }
}
