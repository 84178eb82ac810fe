using Autofac;
using Microsoft.Extensions.Logging;
using XmppHost.Disco;
using XmppHost.Hosting;
using XmppHost.Plugins;
using XmppHost.Plugins.HttpUpload;
using XmppHost.Plugins.HttpUpload.AdHoc;
using XmppHost.Plugins.HttpUpload.Administration;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Check;
using XmppHost.Plugins.HttpUpload.Ledger;
using XmppHost.Plugins.HttpUpload.Policy;
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
        AddPolicy(builder, options);
        AddLedger(builder);
        builder.Register(c => UploadBackends.Create(options, c.ResolveOptional<IUploadStore>(), () => c.Resolve<S3UploadBackend>(), c.Resolve<TimeProvider>(), c.Resolve<ILoggerFactory>().CreateLogger<HttpUploadModule>())).SingleInstance();

        if (options.Backend == UploadBackendKind.S3) builder.AddS3(options);

        AddAdministration(builder);
        builder.AddChecks();
        AddAdHoc(builder, service);

        // Clients take the first form: the current namespace's stands first.
        AddNamespace(builder, service, UploadXml.Namespace);
        // The older one has no place for the header of a slot.
        if (options.LegacyNamespace && options is not { Backend: UploadBackendKind.External, External.Protocol: ServiceProtocol.Jwt }) AddNamespace(builder, service, UploadXml.Legacy);
        foreach (var purpose in new Purposes(options).All) builder.AddFeature($"{UploadXml.PurposeNamespace}#{purpose.Name}", service);
    }

    private static void AddPolicy(ContainerBuilder builder, HttpUploadOptions options)
    {
        builder.RegisterInstance(new Purposes(options));
        builder.Register(c => new AccessPolicy(options, c.Resolve<IVHost>())).SingleInstance();
        builder.Register(c => new SizeLimits(options, c.ResolveOptional<IUploadStore>())).SingleInstance();
        builder.RegisterType<OrderReader>().SingleInstance();
        builder.RegisterType<SlotPolicy>().SingleInstance();
        builder.RegisterType<UsageBook>().SingleInstance();
    }

    private void AddLedger(ContainerBuilder builder)
    {
        builder.Register(c => new UploadMetrics(Plugin.Meter, c.Resolve<IUploadBackend>().Name)).SingleInstance();
        builder.RegisterType<UploadService>().SingleInstance();
        builder.RegisterType<SweepClock>().SingleInstance();
        builder.RegisterType<ArrivalVerdicts>().SingleInstance();
        builder.RegisterType<ArrivalSweep>().SingleInstance();
        builder.RegisterType<ExpirySweep>().SingleInstance();
        builder.Add<Sweeper>();
        builder.Add<UploadData>();
    }

    private static void AddAdministration(ContainerBuilder builder)
    {
        builder.RegisterType<Uploads>().SingleInstance();
        builder.Add<UrlCommand>();
        builder.Add<ListCommand>();
        builder.Add<DeleteCommand>();
        builder.Add<UsageCommand>();
        builder.Add<WhoseCommand>();
    }

    private static void AddAdHoc(ContainerBuilder builder, string service)
    {
        builder.Register(c => new OwnUploads(c.Resolve<Uploads>(), c.Resolve<AccessPolicy>(), c.Resolve<IUploadBackend>(), service, c.Resolve<ILoggerFactory>())).SingleInstance();
        builder.Add<ListUploadsCommand>();
        builder.Add<DeleteUploadsCommand>();
        builder.Add<DeleteAllUploadsCommand>();
    }

    private static void AddNamespace(ContainerBuilder builder, string service, string ns)
    {
        builder.AddFeature(ns, service);
        builder.Add(c => new LimitForm(c.Resolve<SizeLimits>(), c.Resolve<AccessPolicy>(), c.Resolve<Purposes>(), service, ns));
        builder.Add(c => new SlotRequestHandler(
            ns, service, c.Resolve<AccessPolicy>(), c.Resolve<OrderReader>(), c.Resolve<SlotPolicy>(), c.Resolve<UsageBook>(), c.Resolve<UploadService>(), c.Resolve<UploadMetrics>()));
        builder.Add(_ => new RefuseSetHandler(ns, service));
    }
}
