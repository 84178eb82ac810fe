using XmppHost.Core.Routing;
using XmppHost.Core.VHosts;

namespace XmppHost.Server.Hosting;

/// <summary>The filters that a stanza passes in each host, in their order: what a reader of a surprising log wants to know first.</summary>
internal static partial class PipelineLog
{
    internal static void Write(IEnumerable<VHost> hosts, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger("XmppHost.Server.Pipeline");
        if (!logger.IsEnabled(LogLevel.Debug)) return;
        foreach (var host in hosts)
            foreach (var line in Describe(host))
                Stage(logger, host.Name, line);
    }

    /// <summary>One line per stage: <c>sending: Blocking.OutgoingFilter, ...</c>.</summary>
    internal static IReadOnlyList<string> Describe(VHost host) =>
        [$"sending: {Names(host.Sending)}", $"delivering: {Names(host.Delivering)}", $"undeliverable: {Names(host.Undeliverable)}"];

    private static string Names(FilterChain chain) => chain.IsEmpty ? "-" : string.Join(", ", chain.Filters.Select(f => $"{f.GetType().Assembly.GetName().Name!.Split('.')[^1]}.{f.GetType().Name}"));

    [LoggerMessage(1, LogLevel.Debug, "pipeline of {VHost}, {Line}")]
    private static partial void Stage(ILogger logger, string vHost, string line);
}
