using System.ComponentModel.DataAnnotations;
using XmppHost.Plugins;

namespace XmppHost.Server.Settings;

/// <summary>Config section <c>telemetry</c>.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>Where measurements are sent; null: nowhere.</summary>
    public OtlpOptions? Otlp { get; init; }
}

internal enum OtlpProtocol { HttpProtobuf, Grpc }

/// <summary>A collector that speaks OpenTelemetry's protocol.</summary>
/// <param name="Endpoint">Its base URL, <c>http://127.0.0.1:4318</c>: with <see cref="OtlpProtocol.HttpProtobuf"/> the path <c>v1/metrics</c> is added.</param>
internal sealed record OtlpOptions(Uri Endpoint) : IValidatedOptions
{
    public OtlpProtocol Protocol { get; init; } = OtlpProtocol.HttpProtobuf;

    /// <summary>Headers of each request: <c>name=value,name=value</c>.</summary>
    public Secret? Headers { get; init; }

    [Range(typeof(TimeSpan), "1 s", "1 h")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    [Range(typeof(TimeSpan), "1 s", "5 min")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public IEnumerable<(string Option, string Problem)> Validate()
    {
        if (Endpoint.Scheme != Uri.UriSchemeHttp && Endpoint.Scheme != Uri.UriSchemeHttps) yield return ("endpoint", $"'{Endpoint.OriginalString}' is not an http or https URL");
        if (Headers is not null && !Headers.Reveal().Split(',').All(h => h.IndexOf('=', StringComparison.Ordinal) > 0)) yield return ("headers", "are written name=value,name=value");
    }
}
