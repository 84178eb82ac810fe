using Autofac;
using Autofac.Core;
using Microsoft.Extensions.Logging;
using XmppHost.Core.Configuration;
using XmppHost.Core.Observability;
using XmppHost.Core.VHosts;
using XmppHost.Plugins;

namespace XmppHost.Core.Plugins;

/// <summary>Makes virtual hosts out of their configuration and the plugins that it enables, and collects whatever is wrong with any of them.</summary>
/// <param name="root">The process's scope, with the core and the storage.</param>
/// <param name="catalog">The plugins that there are.</param>
/// <param name="dataDirectory">The data folder.</param>
/// <param name="defaultUrl">A host's public URL where its config gives none.</param>
internal sealed class HostComposer(ILifetimeScope root, PluginCatalog catalog, string dataDirectory, Func<string, Uri?> defaultUrl)
{
    private readonly ILoggerFactory _loggers = root.Resolve<ILoggerFactory>();
    private readonly ServerMeters _meters = root.Resolve<ServerMeters>();

    /// <summary>Runs the modules of all hosts. When there are problems the result is good for nothing but an explanation.</summary>
    internal IReadOnlyList<ComposedHost> Compose(ServerConfiguration configuration, ICollection<string> problems) =>
        [.. configuration.Hosts.Select(h => ComposeHost(h, configuration.Directory, problems))];

    private ComposedHost ComposeHost(HostConfiguration host, string configDirectory, ICollection<string> problems)
    {
        var bound = new List<BoundOption>();
        var options = new OptionsBinder(configDirectory, problems, bound).Bind<HostOptions>(host.Section, host.Key, "plugins");
        var files = FindPlugins(host, problems);
        string[] ids = [.. files.Select(f => f.File.Id)];
        var loggers = new VHostLoggerFactory(_loggers, host.Name);
        var modules = new List<GuardedModule>();
        var plugins = new List<(PluginFile, PluginContext)>();
        foreach (var (file, section) in files)
        {
            var (type, problem) = catalog.Load(file);
            if (problem is not null) problems.Add($"{OptionNames.Path(section.Path)}: {problem}");
            if (type is null) continue;
            var context = new PluginContext(file.Id, host.Name, section, _meters.Create($"XmppHost.{file.Id}", file.Version, host.Name), loggers, problems)
            {
                ConfigDirectory = configDirectory,
                DataDirectory = Path.Combine(dataDirectory, "hosts", host.Name.Replace(':', '_'), file.Id),
                HostPlugins = ids,
            };
            plugins.Add((file, context));
            modules.Add(new GuardedModule(new LateModule(type, context), context));
        }

        var settings = new VHostSettings(host.Name, WithSlash(options.PublicUrl) ?? defaultUrl(host.Name), options.Auth);
        var scope = root.BeginLifetimeScope("vhost", builder =>
        {
            builder.RegisterModule(new VHostModule(settings));
            // Whatever logs in this scope, the core's own parts too, says which host it is about.
            builder.RegisterInstance<ILoggerFactory>(loggers).ExternallyOwned();
            builder.RegisterGeneric(typeof(Logger<>)).As(typeof(ILogger<>)).SingleInstance();
            foreach (var module in modules) builder.RegisterModule(module);
        });
        return new ComposedHost(host, scope, settings.PublicUrl, plugins, bound);
    }

    private List<(PluginFile File, Microsoft.Extensions.Configuration.IConfigurationSection Section)> FindPlugins(HostConfiguration host, ICollection<string> problems)
    {
        var files = new List<(PluginFile File, Microsoft.Extensions.Configuration.IConfigurationSection Section)>();
        foreach (var (id, section) in host.Plugins)
        {
            var (file, problem) = catalog.Find(id);
            if (file is not null) files.Add((file, section));
            else problems.Add($"{OptionNames.Path(section.Path)}: {problem}");
        }

        foreach (var (file, section) in files)
            foreach (var required in file.Requires.Where(r => !host.Plugins.Any(p => p.Key.Equals(r, StringComparison.OrdinalIgnoreCase))))
                problems.Add($"{OptionNames.Path(section.Path)}: needs the plugin {required}, which is off in this host");
        files.Sort((a, b) => string.CompareOrdinal(a.File.Id, b.File.Id));
        return files;
    }

    private static Uri? WithSlash(Uri? url) => url is null || url.AbsolutePath.EndsWith('/') ? url : new UriBuilder(url) { Path = url.AbsolutePath + "/" }.Uri;

    /// <summary>Makes the plugin's module under the same guard that runs it.</summary>
    private sealed class LateModule(Type type, PluginContext context) : IModule
    {
        public void Configure(Autofac.Core.Registration.IComponentRegistryBuilder componentRegistry) =>
            ((IModule)Activator.CreateInstance(type, context)!).Configure(componentRegistry);
    }
}
