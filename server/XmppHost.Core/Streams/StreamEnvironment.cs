using Microsoft.Extensions.Logging;
using XmppHost.Core.Observability;
using XmppHost.Core.Routing;
using XmppHost.Core.VHosts;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Core.Streams;

/// <summary>What every stream of the process shares.</summary>
internal sealed class StreamEnvironment(
    HostTable hosts,
    Router router,
    IMessageLog log,
    ITlsContexts tls,
    ServerOptions options,
    TimeProvider clock,
    CoreMetrics metrics,
    ILogger<ClientStream> logger)
{
    internal HostTable Hosts => hosts;

    internal Router Router => router;

    internal IMessageLog Log => log;

    internal ITlsContexts Tls => tls;

    internal LimitOptions Limits => options.Limits;

    internal TimeProvider Clock => clock;

    internal CoreMetrics Metrics => metrics;

    internal ILogger<ClientStream> Logger => logger;

    /// <summary>For clients that have not logged in: less, since nobody answers for them.</summary>
    internal XmlLimits LoginLimits { get; } = new((int)Math.Min(options.Limits.MaxStanzaSize.Bytes, 16_384), 16, 32);

    internal XmlLimits SessionLimits { get; } = new((int)options.Limits.MaxStanzaSize.Bytes, options.Limits.MaxDepth, options.Limits.MaxAttributes);
}
