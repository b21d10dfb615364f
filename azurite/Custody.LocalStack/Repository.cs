namespace Custody.LocalStack;

/// <summary>The checkout that this program was built in, and what it runs from there.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Azurite => Of("azurite", "node_modules", "azurite", "dist", "src", "azurite.js");

    public static string Anvil => Of("azurite", "node_modules", "@foundry-rs", "anvil-linux-amd64", "bin", "anvil");

    public static string App => Built("functions", "Custody.Functions.dll");

    public static string Cli => Built("lib/Custody.Cli", "custody.dll");

    // Beside this program's own output, so that configurations are never mixed.
    private static string Built(string project, string file) =>
        Of(project, Path.GetRelativePath(Of("azurite", "Custody.LocalStack"), AppContext.BaseDirectory), file);

    private static string Of(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Custody.Serverless.sln")))
            {
                return folder.FullName;
            }
        }

        throw new StackFailure($"There is no Custody.Serverless.sln above {AppContext.BaseDirectory}: the local stack runs from a checkout.");
    }
}
