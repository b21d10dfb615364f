namespace Custody.LocalStack.State;

/// <summary>A file to source in a shell, after which <c>custody</c> and the examples in the README work there.</summary>
internal static class EnvironmentFile
{
    public const string Name = "env";

    public static void Write(StateFolder state, StackOptions options) => state.WriteText(Name, $"""
        # Source this in a shell to speak with the local stack: . {Path.GetRelativePath(Repository.Root, state.Of(Name))}
        export CUSTODY_HOME={Quoted(state.Home)}
        export CUSTODY_URL={Quoted(options.ApiUrl)}
        export CUSTODY_NODE={Quoted(options.NodeUrl)}
        export SOFTHSM2_CONF={Quoted(state.SoftHsmConfiguration)}
        custody() (dotnet {Quoted(Repository.Cli)} "$@" --api "$CUSTODY_URL")

        """);

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
