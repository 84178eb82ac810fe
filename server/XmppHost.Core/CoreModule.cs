using Autofac;
using XmppHost.Core.Observability;
using XmppHost.Core.Routing;
using XmppHost.Core.Streams;
using XmppHost.Core.Streams.Sasl;
using XmppHost.Core.VHosts;
using XmppHost.Hosting;
using XmppHost.Storage;

namespace XmppHost.Core;

/// <summary>
/// The process's part of the core. The composition root adds <see cref="IStorage"/>, a <see cref="Tls.TlsModule"/>, <see cref="ServerOptions"/>, <see cref="LoginSecret"/>, a <see cref="TimeProvider"/> and logging.
/// </summary>
internal sealed class CoreModule : Module
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterType<ServerMeters>().SingleInstance();
        builder.RegisterType<CoreMetrics>().SingleInstance();
        builder.RegisterType<HostTable>().SingleInstance();
        builder.RegisterType<PendingIqs>().SingleInstance();
        builder.RegisterType<MessageDelivery>().SingleInstance();
        builder.RegisterType<LoginThrottle>().SingleInstance();
        builder.RegisterType<IqDispatcher>().SingleInstance();
        builder.RegisterType<Router>().AsSelf().As<IStanzaRouter>().SingleInstance();
        builder.RegisterType<StreamEnvironment>().SingleInstance();
        builder.RegisterType<XmppServer>().SingleInstance();
        builder.Register(c => c.Resolve<IStorage>().Accounts).ExternallyOwned();
        builder.Register(c => c.Resolve<IStorage>().Values).ExternallyOwned();
        builder.Register(c => c.Resolve<IStorage>().Log).ExternallyOwned();
        builder.Register(c => c.Resolve<IStorage>().Archive).ExternallyOwned();
        builder.Register(c => c.Resolve<IStorage>().Uploads).ExternallyOwned();
    }
}
