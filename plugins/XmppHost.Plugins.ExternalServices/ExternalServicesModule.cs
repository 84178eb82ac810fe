using Autofac;
using XmppHost.Plugins;
using XmppHost.Plugins.ExternalServices;

[assembly: XmppPlugin("ExternalServices", typeof(ExternalServicesModule))]

namespace XmppHost.Plugins.ExternalServices;

/// <summary>Where accounts find STUN, TURN and whatever else lies outside of XMPP, and how they log in there.</summary>
[Xep(215, "1.0.0", Partial = "a service's name is in one language")]
internal sealed class ExternalServicesModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterInstance(Options<ExternalServicesOptions>());
        builder.Add<ServiceList>();
        foreach (var ns in ExternalServicesXml.Namespaces)
        {
            builder.AddFeature(ns);
            builder.Add(c => new ServicesHandler(ns, c.Resolve<ServiceList>()));
            builder.Add(c => new CredentialsHandler(ns, c.Resolve<ServiceList>()));
        }
    }
}
