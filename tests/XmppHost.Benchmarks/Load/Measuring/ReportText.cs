using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace XmppHost.Benchmarks.Load.Measuring;

internal static class ReportText
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Json(LoadReport report) => JsonSerializer.Serialize(report, JsonOptions);

    /// <summary>Whether the run's figures may be quoted: nothing lost, doubled or refused.</summary>
    public static bool IsGood(LoadReport report) =>
        report.Problems.Count == 0 && report.Lost is null or 0 && report.Duplicated is null or 0 && report.OutOfOrder is null or 0;

    public static string Readable(LoadReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{report.Mode}: {report.Operations} operations in {report.Seconds:0.0} s");
        Line(text, "operations/s", report.OperationsPerSecond, "0.0");
        Line(text, "server CPU, µs/operation", report.ServerCpuMicroseconds, "0.0");
        Line(text, "load generator CPU, µs/operation", report.ClientCpuMicroseconds, "0.0");
        Line(text, "MB/s", report.MegabytesPerSecond, "0.0");
        Line(text, "server CPU, s/GB", report.ServerCpuSecondsPerGigabyte, "0.000");
        Line(text, "load generator CPU, s/GB", report.ClientCpuSecondsPerGigabyte, "0.000");
        Line(text, "p50, µs", report.P50Microseconds, "0");
        Line(text, "p99, µs", report.P99Microseconds, "0");
        Line(text, "max, µs", report.MaxMicroseconds, "0");
        Line(text, "sessions", report.Sessions, "0");
        Line(text, "sent in all", report.Sent, "0");
        Line(text, "received", report.Received, "0");
        Line(text, "lost", report.Lost, "0");
        Line(text, "duplicated", report.Duplicated, "0");
        Line(text, "out of order", report.OutOfOrder, "0");
        Line(text, "acknowledged", report.Acknowledged, "0");
        Line(text, "PSS before, KB", report.PssKilobytesBefore, "0");
        Line(text, "PSS after, KB", report.PssKilobytesAfter, "0");
        Line(text, "PSS per session, KB", report.PssKilobytesPerSession, "0.0");
        foreach (var problem in report.Problems) text.AppendLine(CultureInfo.InvariantCulture, $"  PROBLEM: {problem}");
        return text.ToString().TrimEnd();
    }

    private static void Line(StringBuilder text, string name, double? value, string format)
    {
        if (value is { } known) text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-34}{known.ToString(format, CultureInfo.InvariantCulture),12}");
    }
}
