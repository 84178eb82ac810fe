using System.Globalization;
using System.Text;

namespace XmppHost.Server.Metrics;

/// <summary>The text of a scrape: OpenMetrics 1.0, or the Prometheus text format 0.0.4, which differs in the heads and the end.</summary>
internal sealed class MetricText(bool openMetrics)
{
    private readonly StringBuilder _text = new();

    internal string ContentType => openMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8";

    internal static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    internal void Head(MetricShape shape)
    {
        // In the older format a counter's family is named as its samples are, and quotes in a help text are not escaped.
        var name = openMetrics || shape.Type != MetricType.Counter ? shape.Name : shape.Name + "_total";
        _text.Append("# TYPE ").Append(name).Append(' ').Append(shape.Type switch { MetricType.Counter => "counter", MetricType.Gauge => "gauge", _ => "histogram" }).Append('\n');
        if (openMetrics && shape.Unit is { } unit) _text.Append("# UNIT ").Append(name).Append(' ').Append(unit).Append('\n');
        if (shape.Help.Length == 0) return;
        var help = Escape(shape.Help);
        _text.Append("# HELP ").Append(name).Append(' ').Append(openMetrics ? help : help.Replace("\\\"", "\"", StringComparison.Ordinal)).Append('\n');
    }

    internal void Name(string name, string suffix, string labels)
    {
        _text.Append(name).Append(suffix);
        if (labels.Length > 0) _text.Append('{').Append(labels).Append('}');
        _text.Append(' ');
    }

    internal void Value(long value) => _text.Append(CultureInfo.InvariantCulture, $"{value}\n");

    internal void Value(double value) => _text.Append(Number(value)).Append('\n');

    internal byte[] ToBytes()
    {
        if (openMetrics) _text.Append("# EOF\n");
        return Encoding.UTF8.GetBytes(_text.ToString());
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
