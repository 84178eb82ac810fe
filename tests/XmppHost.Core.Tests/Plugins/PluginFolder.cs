using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using XmppHost.Plugins;

namespace XmppHost.Core.Tests.Plugins;

/// <summary>A plugin folder with plugins that are compiled on the spot.</summary>
internal sealed class PluginFolder : IDisposable
{
    private static readonly MetadataReference[] Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(System.IO.Path.PathSeparator)
            .Where(p => System.IO.Path.GetFileName(p) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || name is "netstandard.dll" or "Autofac.dll"))
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    internal string Path { get; } = Directory.CreateTempSubdirectory("xmpphost-plugins").FullName;

    internal static MetadataReference Api { get; } = MetadataReference.CreateFromFile(typeof(XmppPluginAttribute).Assembly.Location);

    public void Dispose() => Directory.Delete(Path, true);

    /// <summary>Compiles a library, in memory for others to refer to.</summary>
    internal static byte[] Compile(string name, string source, params MetadataReference[] references)
    {
        using var bytes = new MemoryStream();
        var result = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(source)], [.. Framework, .. references], new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(bytes);
        Assert.That(result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error), Is.Empty);
        return bytes.ToArray();
    }

    /// <summary>A plugin whose module runs <paramref name="load"/>.</summary>
    internal PluginFolder Add(string assembly, string id, string load = "", string attributes = "", string members = "") => AddSource(assembly, $$"""
        using Autofac;
        using XmppHost.Plugins;
        [assembly: XmppPlugin("{{id}}", typeof(Sample.TheModule){{attributes}})]
        namespace Sample
        {
            public sealed class TheModule : PluginModule
            {
                public TheModule(PluginContext plugin) : base(plugin) { }
                protected override void Load(ContainerBuilder builder) { {{load}} }
            }
            {{members}}
        }
        """, Api);

    internal PluginFolder AddSource(string assembly, string source, params MetadataReference[] references) => AddFile($"{assembly}/{assembly}.dll", Compile(assembly, source, references));

    internal PluginFolder AddFile(string path, byte[] content)
    {
        path = System.IO.Path.Combine(Path, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return this;
    }
}
