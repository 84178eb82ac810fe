using System.Diagnostics.Metrics;

namespace XmppHost.Core.Observability;

/// <summary>What the core measures of the whole process.</summary>
internal sealed class CoreMetrics
{
    internal const string MeterName = "XmppHost.Core";

    private readonly Meter _meter;

    public CoreMetrics(ServerMeters meters)
    {
        _meter = meters.Create(MeterName, typeof(CoreMetrics).Assembly.GetName().Version);
        Accepted = _meter.CreateCounter<long>("connections.accepted", "{connection}", "Connections of clients that were accepted.");
        Refused = _meter.CreateCounter<long>("connections.refused", "{connection}", "Connections of clients that were refused because their address had too many.");
        OutboxOverflows = _meter.CreateCounter<long>("outbox.overflows", "{connection}", "Connections given up because the client read too slowly.");
    }

    internal Counter<long> Accepted { get; }

    internal Counter<long> Refused { get; }

    internal Counter<long> OutboxOverflows { get; }

    internal void ObserveConnections(Func<int> count) => _meter.CreateObservableUpDownCounter("connections", count, "{connection}", "Connections of clients that are open.");
}
