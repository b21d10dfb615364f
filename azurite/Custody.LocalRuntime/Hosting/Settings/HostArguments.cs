namespace Custody.LocalRuntime.Hosting.Settings;

/// <summary>The arguments that <c>func start</c> also takes.</summary>
internal sealed record HostArguments(string? Port, string? ScriptRoot)
{
    public static HostArguments Parse(string[] args) => new(Value(args, "--port", "-p"), Value(args, "--script-root"));

    private static string? Value(string[] args, params string[] names)
    {
        for (var i = 0; i < args.Length; i++)
        {
            foreach (var name in names)
            {
                if (args[i] == name && i + 1 < args.Length)
                {
                    return args[i + 1];
                }

                if (args[i].StartsWith(name + "=", StringComparison.Ordinal))
                {
                    return args[i][(name.Length + 1)..];
                }
            }
        }

        return null;
    }
}
