using Autofac;
using Microsoft.Extensions.Logging;
using XmppHost.Disco;
using XmppHost.Hosting;
using XmppHost.Plugins;
using XmppHost.Plugins.HttpUpload;
using XmppHost.Plugins.HttpUpload.Administration;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Slots;

[assembly: XmppPlugin("HttpUpload", typeof(HttpUploadModule))]

namespace XmppHost.Plugins.HttpUpload;

internal sealed class HttpUploadModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        var options = Options<HttpUploadOptions>();
        if (options.Backend == UploadBackendKind.FileStore && !Plugin.HostPlugins.Contains("FileStore"))
            Plugin.Problems.Add($"{Plugin.Config.Path.Replace(':', '.')}.backend: fileStore needs the plugin FileStore, which is off in this host");

        var service = options.Host.Replace("@HOST@", Plugin.VHost, StringComparison.Ordinal);
        builder.RegisterInstance(options);
        builder.AddService(new ServiceAddress(service, "store", "file", options.Name));
        builder.Register(c => SizeLimit.Of(options, c.ResolveOptional<IUploadStore>())).SingleInstance();
        builder.RegisterType<SlotPolicy>().SingleInstance();
        builder.Register(c => UploadBackends.Create(options, c.ResolveOptional<IUploadStore>(), () => c.Resolve<S3UploadBackend>(), c.Resolve<ILoggerFactory>().CreateLogger<HttpUploadModule>())).SingleInstance();

        if (options.Backend == UploadBackendKind.S3) builder.AddS3(options);

        builder.Add<UrlCommand>();

        // Clients take the first form: the current namespace's stands first.
        AddNamespace(builder, service, UploadXml.Namespace);
        if (options.LegacyNamespace) AddNamespace(builder, service, UploadXml.Legacy);
    }

    private static void AddNamespace(ContainerBuilder builder, string service, string ns)
    {
        builder.AddFeature(ns, service);
        builder.Add(c => new LimitForm(c.Resolve<SizeLimit>(), service, ns));
        builder.Add(c => new SlotRequestHandler(ns, service, c.Resolve<SlotPolicy>(), c.Resolve<IUploadBackend>(), c.Resolve<ILoggerFactory>()));
        builder.Add(_ => new RefuseSetHandler(ns, service));
    }
}
