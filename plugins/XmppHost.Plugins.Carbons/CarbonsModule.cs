using Autofac;
using XmppHost.Handlers;
using XmppHost.Plugins;
using XmppHost.Plugins.Carbons;
using XmppHost.Stanzas;

[assembly: XmppPlugin("Carbons", typeof(CarbonsModule))]

namespace XmppHost.Plugins.Carbons;

/// <summary>Both sides of every conversation on all devices of an account.</summary>
[Xep(280, "1.0.1")]
[Xep(297, "1.0")]
internal sealed class CarbonsModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.AddFeature(Ns.Carbons, target: IqTarget.Host | IqTarget.OwnAccount);
        builder.AddFeature(CarbonRules.Namespace, target: IqTarget.Host | IqTarget.OwnAccount);
        builder.Add<RecentMessages>();
        builder.Add<CarbonSender>();
        builder.Add<SentFilter>();
        builder.Add<ReceivedFilter>();
        builder.Add(_ => new SwitchHandler("enable", true));
        builder.Add(_ => new SwitchHandler("disable", false));
    }
}
