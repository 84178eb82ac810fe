using Autofac;
using Microsoft.Extensions.Logging;
using XmppHost.Core.Streams;

namespace XmppHost.Core.Tls;

/// <summary>TLS for the process. Whoever starts it calls <see cref="CertificateStore.Load()"/>, shows the problems, and then <see cref="CertificateStore.Watch"/>.</summary>
/// <param name="folder">The certificates' folder; made when a host needs a certificate.</param>
/// <param name="hosts">The virtual hosts' names, prepared; the first one's certificate is for clients that name none.</param>
internal sealed class TlsModule(string folder, IReadOnlyList<string> hosts) : Module
{
    protected override void Load(ContainerBuilder builder)
    {
        builder.Register(c => new CertificateStore(folder, hosts, c.Resolve<TimeProvider>(), c.Resolve<ILogger<CertificateStore>>())).SingleInstance();
        builder.Register(c => new TlsProbe(c.Resolve<CertificateStore>(), c.Resolve<ILogger<TlsProbe>>())).SingleInstance();
        builder.RegisterType<TlsServer>().AsSelf().As<ITlsContexts>().SingleInstance();
    }
}
