using Autofac;
using XmppHost.Handlers;
using XmppHost.Plugins;
using XmppHost.Plugins.ServerInfo;

[assembly: XmppPlugin("ServerInfo", typeof(ServerInfoModule))]

namespace XmppHost.Plugins.ServerInfo;

internal sealed class ServerInfoModule(PluginContext plugin) : PluginModule(plugin)
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterInstance(Options<ServerInfoOptions>());
        foreach (var service in new[] { null, IqKey.AnyService })
        {
            builder.Add(_ => new PingHandler(service));
            builder.Add(c => new VersionHandler(c.Resolve<ServerInfoOptions>(), service));
            builder.Add(c => new TimeHandler(c.Resolve<TimeProvider>(), service));
        }

        builder.Add<LastActivity>();
        builder.Add<LastActivityHandler>();
        builder.Add<ContactForm>();
        builder.AddFeature(ServerInfoXml.Ping, target: IqTarget.Host | IqTarget.OwnAccount);
        builder.AddFeature(ServerInfoXml.Version);
        builder.AddFeature(ServerInfoXml.Time);
        builder.AddFeature(ServerInfoXml.Last, target: IqTarget.Host | IqTarget.OwnAccount);
    }
}
