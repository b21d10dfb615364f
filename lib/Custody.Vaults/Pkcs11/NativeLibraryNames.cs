using System.Reflection;
using System.Runtime.InteropServices;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Custody.Vaults.Pkcs11;

/// <summary>
/// Pkcs11Interop imports dlopen from "libdl", a name that only glibc's development package provides; without this
/// mapping to the runtime's own name no module loads on Debian.
/// </summary>
internal static class NativeLibraryNames
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(Pkcs11InteropFactories).Assembly, Resolve);
        return true;
    });

    /// <summary>Must run before the first use of Pkcs11Interop; a process registers once.</summary>
    public static void Register() => _ = Registered.Value;

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) =>
        name == "libdl" && OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libdl.so.2", out var handle) ? handle : IntPtr.Zero;
}
