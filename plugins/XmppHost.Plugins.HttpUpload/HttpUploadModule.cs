using Autofac;
using XmppHost.Disco;
using XmppHost.Hosting;
using XmppHost.Plugins;
using XmppHost.Plugins.HttpUpload;
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
            Plugin.Problems.Add($"hosts.{Plugin.VHost}.plugins.HttpUpload.backend: fileStore needs the plugin FileStore, which is off in this host");

        var service = options.Host.Replace("@HOST@", Plugin.VHost, StringComparison.Ordinal);
        builder.RegisterInstance(options);
        builder.AddService(new ServiceAddress(service, "store", "file", options.Name));
        builder.RegisterType<SlotPolicy>().SingleInstance();
        builder.Register(c => BackendOf(options, c)).As<IUploadBackend>().SingleInstance();

        // Clients take the first form: the current namespace's stands first.
        AddNamespace(builder, options, service, UploadXml.Namespace);
        if (options.LegacyNamespace) AddNamespace(builder, options, service, UploadXml.Legacy);
    }

    private static void AddNamespace(ContainerBuilder builder, HttpUploadOptions options, string service, string ns)
    {
        builder.AddFeature(ns, service);
        builder.Add(_ => new LimitForm(options, service, ns));
        builder.Add(c => new SlotRequestHandler(ns, service, c.Resolve<SlotPolicy>(), c.Resolve<IUploadBackend>(), c.Resolve<Microsoft.Extensions.Logging.ILoggerFactory>()));
        builder.Add(_ => new RefuseSetHandler(ns, service));
    }

    private static IUploadBackend BackendOf(HttpUploadOptions options, IComponentContext scope) => options.Backend switch
    {
        UploadBackendKind.S3 => new S3UploadBackend(options.S3!, options.SlotTtl),
        UploadBackendKind.External => new ExternalUploadBackend(
            options.External!.BaseUrl!, options.External.Secret!.Reveal(), options.External.Protocol, options.External.KeepUnicodeNames),
        _ => EmbeddedBackend(scope.Resolve<IUploadStore>()),
    };

    // Version 2 signs the content type too, and our own service is as exact with names as we are.
    private static ExternalUploadBackend EmbeddedBackend(IUploadStore store) => new(store.BaseUrl, store.Secret, ExternalProtocol.V2, keepNames: true);
}
