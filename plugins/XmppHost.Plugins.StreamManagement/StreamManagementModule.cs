using Autofac;
using XmppHost.Plugins;
using XmppHost.Plugins.StreamManagement;

[assembly: XmppPlugin("StreamManagement", typeof(StreamManagementModule))]

namespace XmppHost.Plugins.StreamManagement;

internal sealed class StreamManagementModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterInstance(Options<StreamManagementOptions>());
        builder.Add<StreamManagementFeature>();
    }
}
