using System.Reflection;

namespace XmppHost.Testing;

/// <summary>Where the sources and the build's outputs lie.</summary>
public static class Repository
{
    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>"release" or "debug": the folder of an output under artifacts/bin/PROJECT.</summary>
    public static string Configuration { get; } = Metadata("Configuration");

    public static string Output(string project) => Path.Combine(Root, "artifacts", "bin", project, Configuration);

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
