using Autofac;
using XmppHost.Handlers;
using XmppHost.Plugins;
using XmppHost.Plugins.Disco;
using XmppHost.Stanzas;

[assembly: XmppPlugin("Disco", typeof(DiscoModule))]

namespace XmppHost.Plugins.Disco;

internal sealed class DiscoModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterInstance(Options<DiscoOptions>());
        builder.RegisterType<DiscoCatalogue>().SingleInstance();
        builder.RegisterType<AccountAccess>().SingleInstance();
        foreach (var service in new[] { null, IqKey.AnyService })
        {
            builder.Add(c => new InfoHandler(c.Resolve<DiscoCatalogue>(), c.Resolve<AccountAccess>(), service));
            builder.Add(c => new ItemsHandler(c.Resolve<DiscoCatalogue>(), c.Resolve<AccountAccess>(), service));
            builder.Add(_ => new RefuseSetHandler(Ns.DiscoInfo, service));
            builder.Add(_ => new RefuseSetHandler(Ns.DiscoItems, service));
        }

        builder.Add<CapsFeature>();
        builder.AddFeature(Ns.DiscoInfo, target: IqTarget.Host | IqTarget.OwnAccount);
        builder.AddFeature(Ns.DiscoItems, target: IqTarget.Host | IqTarget.OwnAccount);
    }
}
