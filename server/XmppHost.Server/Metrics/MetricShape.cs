using System.Diagnostics.Metrics;
using System.Text;

namespace XmppHost.Server.Metrics;

internal enum MetricType { Counter, Gauge, Histogram }

/// <summary>How an instrument appears to a scraper.</summary>
/// <param name="Name">The family's name, with the unit and without <c>_total</c>.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Unit">As OpenMetrics spells it; null where there is none.</param>
/// <param name="Help">The description.</param>
/// <param name="IsObservable">Asked at each scrape.</param>
/// <param name="Replaces">A measurement takes the place of the one before.</param>
/// <param name="Bounds">A histogram's buckets.</param>
internal sealed record MetricShape(string Name, MetricType Type, string? Unit, string Help, bool IsObservable, bool Replaces, double[]? Bounds)
{
    internal const string Prefix = "xmpphost_";

    /// <summary>The names that the family's samples have, and its own: no other family may have one of them.</summary>
    internal IEnumerable<string> ReservedNames => Type switch
    {
        MetricType.Counter => [Name, Name + "_total", Name + "_created"],
        MetricType.Histogram => [Name, Name + "_bucket", Name + "_count", Name + "_sum", Name + "_created"],
        _ => [Name],
    };

    /// <summary>Null for a kind of instrument that this does not know.</summary>
    internal static MetricShape? Of(Instrument instrument)
    {
        if (TypeOf(instrument) is not { } type) return null;
        var unit = UnitOf(instrument.Unit);
        var name = LabelName(instrument.Name);
        if (instrument.Meter.Name.StartsWith("XmppHost.", StringComparison.Ordinal) && !name.StartsWith(Prefix, StringComparison.Ordinal)) name = Prefix + name;
        if (type == MetricType.Counter && name.EndsWith("_total", StringComparison.Ordinal)) name = name[..^6];
        if (unit is not null && !name.EndsWith("_" + unit, StringComparison.Ordinal)) name = $"{name}_{unit}";
        return new MetricShape(name, type, unit, instrument.Description ?? "", instrument.IsObservable, Is(instrument, typeof(Gauge<>)), type == MetricType.Histogram ? Buckets.Of(instrument) : null);
    }

    /// <summary>Made of what labels and names may have: letters, digits and underscores.</summary>
    internal static string LabelName(string text)
    {
        var name = new StringBuilder(text.Length + 1);
        foreach (var c in text) name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? name.Insert(0, '_').ToString() : name.ToString();
    }

    private static MetricType? TypeOf(Instrument instrument) => instrument switch
    {
        _ when Is(instrument, typeof(Counter<>)) || Is(instrument, typeof(ObservableCounter<>)) => MetricType.Counter,
        _ when Is(instrument, typeof(UpDownCounter<>)) || Is(instrument, typeof(ObservableUpDownCounter<>)) => MetricType.Gauge,
        _ when Is(instrument, typeof(Gauge<>)) || Is(instrument, typeof(ObservableGauge<>)) => MetricType.Gauge,
        _ when Is(instrument, typeof(Histogram<>)) => MetricType.Histogram,
        _ => null,
    };

    private static bool Is(Instrument instrument, Type type) => instrument.GetType() is { IsGenericType: true } actual && actual.GetGenericTypeDefinition() == type;

    // The codes of UCUM that instruments have; an annotation such as {request} is for people.
    private static string? UnitOf(string? unit) => unit switch
    {
        null or "" or "1" => null,
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "%" => "percent",
        _ when unit.StartsWith('{') => null,
        _ => LabelName(unit),
    };
}
