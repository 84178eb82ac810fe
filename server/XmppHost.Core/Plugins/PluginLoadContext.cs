using System.Reflection;
using System.Runtime.Loader;

namespace XmppHost.Core.Plugins;

/// <summary>
/// One plugin's assemblies. The plugin API, Autofac and the shared framework come from the host, so that types mean the same on both sides; everything else
/// comes from the plugin's folder, so that two plugins may use two versions of one library. What is in neither place is not found, though the server itself may use it.
/// </summary>
internal sealed class PluginLoadContext(string assemblyPath) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(assemblyPath))
{
    private static readonly string[] SharedNames = ["XmppHost.Xml", "XmppHost.Abstractions", "Autofac", "netstandard", "mscorlib"];
    private static readonly string[] SharedPrefixes = ["System", "Microsoft.Extensions.", "Microsoft.AspNetCore", "Microsoft.Net.Http", "Microsoft.CSharp", "Microsoft.Win32"];

    private static readonly Lazy<HashSet<string>> HostAssemblies = new(() =>
        [.. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator).Select(p => Path.GetFileNameWithoutExtension(p))]);

    // The path of the dll, not of its folder: the resolver reads the deps.json beside it.
    private readonly AssemblyDependencyResolver _resolver = new(assemblyPath);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        var fromHost = HostAssemblies.Value.Contains(name);
        if (fromHost && IsShared(name)) return null;
        if (_resolver.ResolveAssemblyToPath(assemblyName) is { } path) return LoadFromAssemblyPath(path);
        return fromHost ? throw new FileNotFoundException(null, assemblyName.FullName) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private static bool IsShared(string name) => SharedNames.Contains(name) || Array.Exists(SharedPrefixes, p => name.StartsWith(p, StringComparison.Ordinal));
}
