using Autofac;
using XmppHost.Plugins;
using XmppHost.Plugins.FileStore;

[assembly: XmppPlugin("FileStore", typeof(FileStoreModule))]

namespace XmppHost.Plugins.FileStore;

internal sealed class FileStoreModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        var options = Options<FileStoreOptions>();
        var root = options.Directory is null ? Path.Combine(Plugin.DataDirectory, "files") : Path.GetFullPath(options.Directory, Plugin.ConfigDirectory);
        builder.RegisterInstance(options);
        builder.Register(_ => new FileDepot(root, options)).AsSelf().AsImplementedInterfaces().SingleInstance();
        builder.Register(c => new UploadStore(c.Resolve<Hosting.IVHost>(), options, c.Resolve<FileDepot>(), Path.Combine(Plugin.DataDirectory, "secret"))).AsSelf().AsImplementedInterfaces().SingleInstance();
        builder.RegisterType<UploadTokens>().SingleInstance();
        builder.RegisterType<PutEndpoint>().SingleInstance();
        builder.RegisterType<GetEndpoint>().SingleInstance();
        builder.Add<FileStoreEndpoints>();
    }
}
