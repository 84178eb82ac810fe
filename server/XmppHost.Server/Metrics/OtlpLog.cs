using System.Diagnostics.Tracing;
using System.Globalization;

namespace XmppHost.Server.Metrics;

/// <summary>Says in the log when measurements cannot be sent, which the OpenTelemetry libraries tell in events that nobody sees. A collector that is away is one line in a while.</summary>
internal sealed partial class OtlpLog : EventListener
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly ILogger? _logger;
    private readonly Dictionary<int, long> _said = [];

    internal OtlpLog(ILogger logger)
    {
        _logger = logger;
        // The base class has asked about the sources that there are before there was a logger.
        foreach (var source in EventSource.GetSources()) OnEventSourceCreated(source);
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        // The exporter tells of requests that fail; the other parts warn of instruments that nobody wants, too.
        if (eventSource.Name.StartsWith("OpenTelemetry-Exporter-", StringComparison.Ordinal)) EnableEvents(eventSource, EventLevel.Warning);
        else if (eventSource.Name.StartsWith("OpenTelemetry-", StringComparison.Ordinal)) EnableEvents(eventSource, EventLevel.Error);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_logger is null || !IsNews(eventData.EventId)) return;
        var arguments = eventData.Payload?.ToArray() ?? [];
        NotSent(_logger, string.Format(CultureInfo.InvariantCulture, eventData.Message ?? eventData.EventName ?? "", arguments).ReplaceLineEndings(" "));
    }

    private bool IsNews(int id)
    {
        lock (_said)
        {
            if (_said.TryGetValue(id, out var last) && TimeProvider.System.GetElapsedTime(last) < Pause) return false;
            _said[id] = TimeProvider.System.GetTimestamp();
            return true;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "measurements could not be sent: {Reason}")]
    private static partial void NotSent(ILogger logger, string reason);
}
