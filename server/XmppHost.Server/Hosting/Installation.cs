using XmppHost.Core.Configuration;
using XmppHost.Core.Plugins;
using XmppHost.Plugins;
using XmppHost.Server.Settings;

namespace XmppHost.Server.Hosting;

/// <summary>One server's configuration, data folder and plugins, as the command line names them. Nothing is opened yet.</summary>
internal sealed class Installation
{
    private const string BuiltIn = "built-in";

    private Installation(ServerConfiguration configuration, ServerSettings settings, string? file, string dataDirectory)
    {
        Configuration = configuration;
        Settings = settings;
        File = file;
        DataDirectory = dataDirectory;
    }

    internal ServerConfiguration Configuration { get; }

    internal ServerSettings Settings { get; }

    /// <summary>The config file as the user wrote it; null for the built-in default.</summary>
    internal string? File { get; }

    internal string DataDirectory { get; }

    /// <summary>What is wrong so far; composing the hosts adds to it.</summary>
    internal List<string> Problems { get; } = [];

    internal List<BoundOption> BoundOptions { get; } = [];

    internal PluginCatalog Plugins => field ??= new PluginCatalog([PluginCatalog.DefaultFolder, .. Settings.PluginFolders.Select(f => Path.GetFullPath(f, Configuration.Directory))]);

    internal string CertificateDirectory(string dataDirectory) =>
        Settings.Tls.Certificates is { } folder ? Path.GetFullPath(folder, Configuration.Directory) : Path.Combine(dataDirectory, "certs");

    /// <param name="file">The config file; null for <c>xmpphost.json</c> in the current folder if there is one, else the built-in default.</param>
    /// <param name="data">The data folder, before what config says.</param>
    /// <param name="overrides">The <c>path=value</c> of <c>--set</c>.</param>
    internal static Installation Load(string? file, string? data, IReadOnlyList<string> overrides)
    {
        var problems = new List<string>();
        var bound = new List<BoundOption>();
        file ??= System.IO.File.Exists("xmpphost.json") ? "xmpphost.json" : null;
        var configuration = ServerConfiguration.Load(Sources(file, overrides), problems);
        var settings = new OptionsBinder(configuration.Directory, problems, bound).Bind<ServerSettings>(configuration.Server, "", "defaults", "hosts");
        var dataDirectory = data is null ? Path.GetFullPath(settings.Data, configuration.Directory) : Path.GetFullPath(data);
        var installation = new Installation(configuration, settings, file, dataDirectory);
        installation.Problems.AddRange(problems);
        installation.Problems.AddRange(settings.PluginFolders.Select((f, i) => (Path: Path.GetFullPath(f, configuration.Directory), Index: i))
            .Where(f => !Directory.Exists(f.Path)).Select(f => $"pluginFolders.{f.Index}: there is no folder {f.Path}"));
        installation.BoundOptions.AddRange(bound);
        return installation;
    }

    /// <summary>All problems, each with the place it stands at where that is known.</summary>
    internal IReadOnlyList<string> Complaints() =>
    [
        .. Problems.Distinct().Select(p => p.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon && Configuration.OriginOfPath(p[..colon]) is { } origin ? $"{p} ({origin})" : p),
    ];

    internal void RefuseIfWrong()
    {
        if (Problems.Count > 0) throw new Refusal(Complaints());
    }

    private static ConfigSources Sources(string? file, IReadOnlyList<string> overrides)
    {
        if (file is null)
        {
            using var resource = typeof(Installation).Assembly.GetManifestResourceStream("xmpphost.json")!;
            var json = new byte[resource.Length];
            resource.ReadExactly(json);
            return new ConfigSources(json, BuiltIn, Environment.CurrentDirectory, overrides);
        }

        try
        {
            return new ConfigSources(System.IO.File.ReadAllBytes(file), file, Path.GetDirectoryName(Path.GetFullPath(file))!, overrides);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Refusal(e is FileNotFoundException or DirectoryNotFoundException ? $"there is no config file {file}" : $"the config file {file} cannot be read: {e.Message}");
        }
    }
}
