using Autofac;
using XmppHost.Core.Accounts;
using XmppHost.Core.Observability;
using XmppHost.Core.Streams;
using XmppHost.Core.Streams.Sasl;
using XmppHost.Handlers;
using XmppHost.Hosting;

namespace XmppHost.Core.VHosts;

/// <summary>One host's part of the core, registered in the host's scope before its plugins' modules. Then: resolve <see cref="VHost"/> and call its Activate.</summary>
internal sealed class VHostModule(VHostSettings settings) : Module
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterInstance(settings);
        builder.RegisterType<HostMetrics>().SingleInstance();
        builder.RegisterType<VHost>().AsSelf().As<IVHost>().SingleInstance();
        builder.Register(c => c.Resolve<VHost>().Sessions).As<ISessionDirectory>().ExternallyOwned();
        builder.RegisterType<StartTlsFeature>().As<IStreamFeature>().SingleInstance();
        builder.RegisterType<CredentialSource>().SingleInstance();
        builder.Register(c => new SaslMechanisms(settings.Auth, c.Resolve<CredentialSource>())).SingleInstance();
        builder.RegisterInstance(settings.Auth);
        builder.RegisterType<SaslFeature>().As<IStreamFeature>().SingleInstance();
        builder.RegisterType<ChannelBindingFeature>().As<IStreamFeature>().SingleInstance();
        builder.RegisterType<HostAccounts>().As<IAccounts>().SingleInstance();
        builder.RegisterType<BindFeature>().As<IStreamFeature>().SingleInstance();
        builder.RegisterType<SessionEstablishment>().As<IStreamFeature>().As<IIqHandler>().SingleInstance();
    }
}
