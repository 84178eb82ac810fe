using System.Net;
using Microsoft.Net.Http.Headers;
using XmppHost.Server.Settings;

namespace XmppHost.Server.Metrics;

/// <summary>Answers scrapers.</summary>
internal sealed class MetricsEndpoint(MetricCollector collector, MetricsOptions options)
{
    /// <summary>Where the control socket has them.</summary>
    internal const string ControlPath = "/metrics";

    private readonly IReadOnlyList<IPNetwork> _allowed = options.Networks;

    /// <summary>A request at an address of <c>metrics.listen</c>.</summary>
    internal Task HandleAsync(HttpContext context)
    {
        if (!IsAllowed(context.Connection.RemoteIpAddress)) return RefuseAsync(context, StatusCodes.Status403Forbidden);
        return context.Request.Path == options.Path ? WriteAsync(context) : RefuseAsync(context, StatusCodes.Status404NotFound);
    }

    /// <summary>A request of somebody who may see them.</summary>
    internal Task WriteAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed);
        var text = new MetricText(IsOpenMetrics(request.Headers.Accept));
        collector.Write(text);
        var body = text.ToBytes();
        response.ContentType = text.ContentType;
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>OpenMetrics, unless plain text is what the client would rather have: scrapers of before it name that alone.</summary>
    internal static bool IsOpenMetrics(IEnumerable<string?> accept)
    {
        if (!MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var ranges)) return true;
        return Quality(ranges, "application/openmetrics-text", "1.0.0") >= Quality(ranges, "text/plain", "0.0.4");
    }

    private static double Quality(IList<MediaTypeHeaderValue> ranges, string type, string version)
    {
        // RFC 9110 section 12.5.1: the most specific range that fits says how much it is wanted.
        var wanted = MediaTypeHeaderValue.Parse(type);
        var fitting = ranges.Where(r => wanted.IsSubsetOf(new MediaTypeHeaderValue(r.MediaType)) && (VersionOf(r) is not { } v || v == version))
            .OrderBy(r => r.MatchesAllTypes ? 2 : r.MatchesAllSubTypes ? 1 : 0).ThenBy(r => VersionOf(r) is null);
        return fitting.FirstOrDefault() is { } best ? best.Quality ?? 1 : 0;
    }

    private static string? VersionOf(MediaTypeHeaderValue range) => range.Parameters.FirstOrDefault(p => p.Name == "version")?.GetUnescapedValue().ToString();

    // No address: a Unix socket, whose file says who may open it.
    private bool IsAllowed(IPAddress? address)
    {
        if (address is null) return true;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _allowed.Any(n => n.Contains(plain));
    }

    private static Task RefuseAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
