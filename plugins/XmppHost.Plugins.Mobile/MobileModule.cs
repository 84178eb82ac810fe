using Autofac;
using XmppHost.Plugins;
using XmppHost.Plugins.Mobile;

[assembly: XmppPlugin("Mobile", typeof(MobileModule))]

namespace XmppHost.Plugins.Mobile;

/// <summary>Lets phones sleep.</summary>
internal sealed class MobileModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterInstance(Options<MobileOptions>());
        builder.Add<ClientStateFeature>();
    }
}
