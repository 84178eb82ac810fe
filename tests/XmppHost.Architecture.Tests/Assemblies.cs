using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace XmppHost.Architecture.Tests;

/// <summary>The built assemblies, read without loading them.</summary>
internal static class Assemblies
{
    internal static IEnumerable<string> ServerProjects { get; } = Names("server");

    internal static IEnumerable<string> PluginProjects { get; } = Names("plugins");

    internal static string PathOf(string project) =>
        Path.Combine(Repository.Output(project), (project == "XmppHost.Server" ? "xmpphost" : project) + ".dll");

    /// <summary>The names of the assemblies that one refers to.</summary>
    internal static string[] ReferencesOf(string project)
    {
        using var pe = new PEReader(File.OpenRead(PathOf(project)));
        var reader = pe.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(r => reader.GetString(reader.GetAssemblyReference(r).Name))];
    }

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, folder), "XmppHost.*").Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];
}
