using Autofac;
using XmppHost.Hosting;
using XmppHost.Plugins;
using XmppHost.Plugins.FileStore;
using XmppHost.Plugins.FileStore.Credentials;
using XmppHost.Plugins.FileStore.Disk;
using XmppHost.Plugins.FileStore.Life;
using XmppHost.Plugins.FileStore.Receiving;
using XmppHost.Plugins.FileStore.Serving;

[assembly: XmppPlugin("FileStore", typeof(FileStoreModule))]

namespace XmppHost.Plugins.FileStore;

internal sealed class FileStoreModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        var options = Options<FileStoreOptions>();
        var root = options.Directory is null ? Path.Combine(Plugin.DataDirectory, "files") : Path.GetFullPath(options.Directory, Plugin.ConfigDirectory);
        builder.RegisterInstance(options);
        builder.RegisterInstance(new FileStoreMeters(Plugin.Meter));
        builder.Register(_ => new FileDepot(root, options)).AsSelf().AsImplementedInterfaces().SingleInstance();
        builder.Register(c => new UploadStore(c.Resolve<IVHost>(), options, c.Resolve<FileDepot>(), Path.Combine(Plugin.DataDirectory, "secret"))).AsSelf().AsImplementedInterfaces().SingleInstance();
        builder.RegisterTypes(typeof(UploadTokens), typeof(UploadRecords), typeof(Admission), typeof(BodyReceiver), typeof(Arrivals), typeof(PutEndpoint)).SingleInstance();
        builder.RegisterTypes(typeof(FileSender), typeof(GetEndpoint), typeof(DeleteEndpoint)).SingleInstance();
        builder.Add<Caretaker>();
        builder.Add<FileStoreEndpoints>();
    }
}
