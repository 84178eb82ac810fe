using Autofac;
using XmppHost.Core.Routing;
using XmppHost.Core.Streams;
using XmppHost.Core.Streams.Sasl;
using XmppHost.Core.VHosts;
using XmppHost.Hosting;
using XmppHost.Storage;

namespace XmppHost.Core;

/// <summary>
/// The process's part of the core. The composition root adds <see cref="IStorage"/>, <see cref="ITlsContexts"/>, <see cref="ServerOptions"/>, <see cref="LoginSecret"/>, a <see cref="TimeProvider"/> and logging.
/// </summary>
internal sealed class CoreModule : Module
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterType<HostTable>().SingleInstance();
        builder.RegisterType<PendingIqs>().SingleInstance();
        builder.RegisterType<MessageDelivery>().SingleInstance();
        builder.Register(c => new LoginThrottle(c.Resolve<TimeProvider>())).SingleInstance();
        builder.RegisterType<IqDispatcher>().SingleInstance();
        builder.RegisterType<Router>().AsSelf().As<IStanzaRouter>().SingleInstance();
        builder.RegisterType<StreamEnvironment>().SingleInstance();
        builder.RegisterType<XmppServer>().SingleInstance();
        builder.Register(c => c.Resolve<IStorage>().Accounts).ExternallyOwned();
        builder.Register(c => c.Resolve<IStorage>().Values).ExternallyOwned();
        builder.Register(c => c.Resolve<IStorage>().Log).ExternallyOwned();
    }
}

/// <summary>The server's own secret, from which answers about accounts that do not exist are made.</summary>
internal sealed record LoginSecret(byte[] Key);
