using System.Reflection;

namespace Custody.LocalRuntime.Hosting.Discovery;

/// <summary>The assemblies that can hold functions: those that reference this one.</summary>
internal static class FunctionAssemblies
{
    private static readonly string Worker = typeof(FunctionAssemblies).Assembly.GetName().Name!;

    public static IEnumerable<Assembly> Of(Assembly entry)
    {
        var seen = new HashSet<string> { entry.FullName! };
        var open = new Queue<Assembly>([entry]);
        while (open.TryDequeue(out var assembly))
        {
            var references = assembly.GetReferencedAssemblies();
            if (references.Any(reference => reference.Name == Worker))
            {
                yield return assembly;
            }

            foreach (var reference in references.Where(reference => !IsPlatform(reference) && seen.Add(reference.FullName)))
            {
                if (Load(reference) is { } loaded)
                {
                    open.Enqueue(loaded);
                }
            }
        }
    }

    // The platform cannot reference the worker; walking it would only make the start slower.
    private static bool IsPlatform(AssemblyName name) =>
        name.Name is "netstandard" or "mscorlib" || name.Name!.StartsWith("System.", StringComparison.Ordinal)
        || name.Name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static Assembly? Load(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            // An optional dependency that was not deployed: it holds no function that could run.
            return null;
        }
    }
}
