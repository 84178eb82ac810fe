using Autofac;
using XmppHost.Plugins;
using XmppHost.Plugins.PrivateStorage;

[assembly: XmppPlugin("PrivateStorage", typeof(PrivateStorageModule))]

namespace XmppHost.Plugins.PrivateStorage;

/// <summary>XEP-0049: settings that a client keeps on the server.</summary>
[Xep(49, "1.2")]
internal sealed class PrivateStorageModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterInstance(Options<PrivateStorageOptions>());
        builder.AddFeature(PrivateXml.Namespace);
        builder.Add<PrivateStore>();
        builder.Add<GetPrivateHandler>();
        builder.Add<SetPrivateHandler>();
    }
}
