using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using XmppHost.Administration;
using XmppHost.Plugins;

namespace XmppHost.Core.Plugins;

/// <summary>A plugin's assembly as its metadata describes it; nothing of it is loaded yet.</summary>
/// <param name="Id">Its name in config.</param>
/// <param name="Path">The assembly's file.</param>
/// <param name="Version">The assembly's version.</param>
/// <param name="Module">The full name of its module type.</param>
/// <param name="Requires">Ids of plugins that must be on beside it.</param>
/// <param name="BuiltFor">The version of the plugin API that it was compiled against.</param>
internal sealed record PluginFile(string Id, string Path, Version Version, string Module, IReadOnlyList<string> Requires, Version BuiltFor)
{
    /// <summary>The full name of the type that lists its commands; null when it has none.</summary>
    internal string? AdminCommands { get; private init; }

    private const string Api = "XmppHost.Abstractions";

    internal static Version HostVersion { get; } = typeof(XmppPluginAttribute).Assembly.GetName().Version!;

    /// <summary>Reads the assembly's metadata; else says why it is no plugin.</summary>
    internal static (PluginFile? Plugin, string? Problem) Read(string path)
    {
        try
        {
            using var pe = new PEReader(File.OpenRead(path));
            return pe.HasMetadata ? Read(path, pe.GetMetadataReader()) : (null, "is not a .NET assembly");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return (null, $"cannot be read: {e.Message}");
        }
    }

    /// <summary>The XEPs that its types name, in order.</summary>
    internal IReadOnlyList<XepAttribute> ReadXeps() => ReadXeps(Path);

    internal static IReadOnlyList<XepAttribute> ReadXeps(string path)
    {
        using var pe = new PEReader(File.OpenRead(path));
        var reader = pe.GetMetadataReader();
        var attributes = reader.TypeDefinitions.SelectMany(t => AttributeReader.Of(reader, reader.GetTypeDefinition(t).GetCustomAttributes(), typeof(XepAttribute)));
        return
        [
            .. attributes
                .Select(a => new XepAttribute((int)a.FixedArguments[0].Value!, (string)a.FixedArguments[1].Value!) { Partial = a.NamedArguments.FirstOrDefault().Value as string })
                .DistinctBy(x => (x.Number, x.Version, x.Partial))
                .OrderBy(x => x.Number),
        ];
    }

    private static (PluginFile?, string?) Read(string path, MetadataReader reader)
    {
        var assembly = reader.GetAssemblyDefinition();
        if (AttributeReader.Of(reader, assembly.GetCustomAttributes(), typeof(XmppPluginAttribute)).ToArray() is not [var attribute]) return (null, "has no [assembly: XmppPlugin]");
        var builtFor = reader.AssemblyReferences.Select(reader.GetAssemblyReference).First(r => reader.StringComparer.Equals(r.Name, Api)).Version;
        var requires = attribute.NamedArguments.Where(n => n.Name == nameof(XmppPluginAttribute.Requires)).Select(n => AttributeReader.Strings(n.Value)).FirstOrDefault([]);
        var commands = AttributeReader.Of(reader, assembly.GetCustomAttributes(), typeof(AdminCommandsAttribute)).Select(a => (string)a.FixedArguments[0].Value!).FirstOrDefault();
        return (new PluginFile((string)attribute.FixedArguments[0].Value!, path, assembly.Version, (string)attribute.FixedArguments[1].Value!, requires, builtFor) { AdminCommands = commands }, null);
    }
}
