using System.Runtime.InteropServices;

namespace Custody.Testing;

/// <summary>
/// A SoftHSM token store of this test process. The module reads SOFTHSM2_CONF from the native environment, which
/// <see cref="Environment.SetEnvironmentVariable(string, string)"/> does not reach, so it is set with libc's setenv
/// before the module is first loaded; one store serves the whole process, and tests make tokens with labels of their own.
/// </summary>
public static class SoftHsm
{
    private const int MostTries = 5;

    private static readonly Lazy<TemporaryFolder> Store = new(CreateStore, LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>The PKCS#11 module's path.</summary>
    public static string ModulePath { get; } = new[]
    {
        "/usr/lib/softhsm/libsofthsm2.so",
        "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    }.FirstOrDefault(File.Exists) ?? "/usr/lib/softhsm/libsofthsm2.so";

    /// <summary>The path of the store's configuration, for child processes' SOFTHSM2_CONF.</summary>
    public static string ConfigurationPath => Store.Value.Of("softhsm2.conf");

    /// <summary>Initialises a token and returns its label. User PIN and SO PIN are as given.</summary>
    public static async Task<string> CreateTokenAsync(string label, string pin, string soPin = "so-pin-0000")
    {
        _ = Store.Value;
        for (var tries = 1; ; tries++)
        {
            await using var tool = ChildProcess.Start(
                "softhsm2-util", "softhsm2-util", ["--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", soPin],
                new Dictionary<string, string> { ["SOFTHSM2_CONF"] = ConfigurationPath });
            await tool.WaitForExitAsync();
            if (tool.ExitCode == 0)
            {
                return label;
            }

            // The tool first walks over all tokens to find a free slot, and gives up when another test makes one meanwhile.
            if (tries == MostTries || !tool.Output.Contains("Could not get info about the token", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"softhsm2-util failed:\n{tool.Output}");
            }
        }
    }

    private static TemporaryFolder CreateStore()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Of("tokens"));
        File.WriteAllText(folder.Of("softhsm2.conf"), $"directories.tokendir = {folder.Of("tokens")}\nobjectstore.backend = file\nlog.level = ERROR\n");
        if (SetNativeEnvironment("SOFTHSM2_CONF", folder.Of("softhsm2.conf"), 1) != 0)
        {
            throw new InvalidOperationException("setenv failed");
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return folder;
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetNativeEnvironment(string name, string value, int overwrite);
}
