using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace XmppHost.Server.Tests.Metrics;

/// <summary>A collector as OTLP describes it, over HTTP or gRPC, that understands as much of a request as the tests ask for.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpReceiver(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, o => o.Protocols = protocols));
        _app = builder.Build();
        _app.Run(protocols == HttpProtocols.Http2 ? GrpcAsync : HttpAsync);
    }

    /// <summary>Metrics that were received, by name: the unit and the kind of data, and the string labels of its points.</summary>
    internal ConcurrentDictionary<string, OtlpMetric> Metrics { get; } = new();

    internal ConcurrentDictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal string? Path { get; private set; }

    internal Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    internal static async Task<OtlpReceiver> StartAsync(HttpProtocols protocols)
    {
        var receiver = new OtlpReceiver(protocols);
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HttpAsync(HttpContext context)
    {
        if (context.Request.ContentType != "application/x-protobuf") context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        else Keep(context, await ReadAsync(context));
    }

    // One message, with a byte for compression and four for its length before it.
    private async Task GrpcAsync(HttpContext context)
    {
        var body = await ReadAsync(context);
        Keep(context, body[5..]);
        context.Response.ContentType = "application/grpc";
        context.Response.AppendTrailer("grpc-status", "0");
        await context.Response.Body.WriteAsync(new byte[5]);
    }

    private static async Task<byte[]> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private void Keep(HttpContext context, byte[] request)
    {
        Path = context.Request.Path;
        foreach (var (name, value) in context.Request.Headers) Headers[name] = value.ToString();
        // ExportMetricsServiceRequest.resource_metrics, ResourceMetrics.scope_metrics, ScopeMetrics.metrics
        foreach (var resource in Protobuf.Fields(request, 1))
            foreach (var scope in Protobuf.Fields(resource, 2))
                foreach (var metric in Protobuf.Fields(scope, 2))
                    Metrics[Protobuf.Text(metric, 1)] = OtlpMetric.Read(metric);
    }
}

/// <param name="Unit">As the instrument has it.</param>
/// <param name="Kind">gauge, sum or histogram.</param>
/// <param name="Labels"><c>name=value</c> of all points.</param>
internal sealed record OtlpMetric(string Unit, string Kind, IReadOnlyCollection<string> Labels)
{
    // opentelemetry/proto/metrics/v1/metrics.proto: Metric.gauge = 5, sum = 7, histogram = 9; the points are field 1 of each; attributes are 7 of a number and 9 of a histogram.
    internal static OtlpMetric Read(byte[] metric)
    {
        foreach (var (field, kind, attributes) in new[] { (5, "gauge", 7), (7, "sum", 7), (9, "histogram", 9) })
            foreach (var data in Protobuf.Fields(metric, field))
                return new OtlpMetric(Protobuf.Text(metric, 3), kind, [.. Protobuf.Fields(data, 1).SelectMany(p => Protobuf.Fields(p, attributes)).Select(Label).Distinct()]);
        throw new InvalidDataException("a metric without data");
    }

    private static string Label(byte[] attribute) => $"{Protobuf.Text(attribute, 1)}={Protobuf.Fields(attribute, 2).Select(v => Protobuf.Text(v, 1)).FirstOrDefault()}";
}
