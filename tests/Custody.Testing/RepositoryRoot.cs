namespace Custody.Testing;

/// <summary>Finds the checkout that the running tests were built from.</summary>
public static class RepositoryRoot
{
    /// <summary>The absolute path of the folder that holds <c>Custody.Serverless.sln</c>.</summary>
    public static string Path { get; } = Find();

    /// <summary>A path below the root, from its parts.</summary>
    public static string Of(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Custody.Serverless.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Custody.Serverless.sln above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
