using Autofac;
using XmppHost.Core.Streams;
using XmppHost.Core.Streams.Sasl;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Storage;

namespace XmppHost.Core.VHosts;

/// <summary>One host's part of the core, registered in the host's scope before its plugins' modules. Then: resolve <see cref="VHost"/> and call its Activate.</summary>
internal sealed class VHostModule(VHostSettings settings) : Module
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.RegisterInstance(settings);
        builder.RegisterType<VHost>().AsSelf().As<IVHost>().SingleInstance();
        builder.Register(c => c.Resolve<VHost>().Sessions).As<ISessionDirectory>().ExternallyOwned();
        var auth = settings.Auth;
        builder.RegisterInstance(new SaslOptions { RequireTls = auth.RequireTls, Plain = auth.Plain, Anonymous = auth.Anonymous, Iterations = auth.ScramIterations });
        builder.Register(c => new CredentialSource(c.Resolve<IAccountStore>(), c.Resolve<LoginSecret>().Key, auth.ScramIterations)).SingleInstance();
        builder.Register(c => new SaslMechanisms(c.Resolve<SaslOptions>(), c.Resolve<CredentialSource>())).SingleInstance();
        builder.RegisterType<SaslFeature>().As<IStreamFeature>().SingleInstance();
        builder.RegisterType<ChannelBindingFeature>().As<IStreamFeature>().SingleInstance();
        builder.RegisterType<StartTlsFeature>().As<IStreamFeature>().SingleInstance();
        builder.RegisterType<BindFeature>().As<IStreamFeature>().SingleInstance();
        builder.RegisterType<SessionEstablishment>().As<IStreamFeature>().As<IIqHandler>().SingleInstance();
    }
}
