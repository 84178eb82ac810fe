using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using XmppHost.Core.Observability;
using XmppHost.Server.Settings;

namespace XmppHost.Server.Metrics;

/// <summary>Sends what is measured to an OpenTelemetry collector. Nothing else refers to the OpenTelemetry libraries, so that a server without it does not load them.</summary>
internal static class OtlpExport
{
    /// <param name="meters">The scope of the server's meters.</param>
    /// <returns>Sends a last time when it is disposed.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static IDisposable Start(OtlpOptions options, ServerMeters meters, ILogger logger)
    {
        var log = new OtlpLog(logger);
        var provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(r => r.AddService("xmpphost", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3)))
            .AddMeter("XmppHost.*", "System.Runtime")
            .AddView(instrument => View(instrument, meters))
            .AddOtlpExporter((exporter, reader) =>
            {
                exporter.Endpoint = EndpointOf(options);
                exporter.Protocol = options.Protocol == OtlpProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
                exporter.Headers = options.Headers?.Reveal();
                exporter.TimeoutMilliseconds = (int)options.Timeout.TotalMilliseconds;
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Interval.TotalMilliseconds;
            })
            .Build();
        return new Running(provider, log);
    }

    private static Uri EndpointOf(OtlpOptions options)
    {
        if (options.Protocol == OtlpProtocol.Grpc) return options.Endpoint;
        return new UriBuilder(options.Endpoint) { Path = options.Endpoint.AbsolutePath.TrimEnd('/') + "/v1/metrics" }.Uri;
    }

    // The same buckets and the same limit of series as for scrapers; another server's instruments in this process are not ours to send.
    private static MetricStreamConfiguration? View(Instrument instrument, ServerMeters meters)
    {
        if (instrument.Meter.Scope is { } scope && !ReferenceEquals(scope, meters)) return MetricStreamConfiguration.Drop;
        return MetricShape.Of(instrument)?.Bounds is { } bounds
            ? new ExplicitBucketHistogramConfiguration { Boundaries = bounds, CardinalityLimit = MetricRecorder.MaxSeries }
            : new MetricStreamConfiguration { CardinalityLimit = MetricRecorder.MaxSeries };
    }

    private sealed class Running(MeterProvider provider, OtlpLog log) : IDisposable
    {
        public void Dispose()
        {
            provider.Dispose();
            log.Dispose();
        }
    }
}
