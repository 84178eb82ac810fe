using System.Globalization;
using System.Text;
using XmppHost.Benchmarks.Load.Measuring;

namespace XmppHost.Benchmarks.Comparing;

/// <summary>The medians as a Markdown table; a cell with any bad run is marked instead of being passed off as a figure.</summary>
internal static class ComparisonTable
{
    public static string Render(Comparison comparison)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Medians of {comparison.Runs} runs of {comparison.Seconds:0.#} s on {Environment.ProcessorCount} cores, load generator on the same machine.");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"| work | figure | {string.Join(" | ", comparison.Peers.Select(p => p.Name))} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"|---|---|{string.Concat(comparison.Peers.Select(_ => "---:|"))}");
        foreach (var work in comparison.Works)
            foreach (var figure in work.Figures)
                text.AppendLine(CultureInfo.InvariantCulture, $"| {work.Title} | {figure.Unit} | {string.Join(" | ", comparison.Peers.Select(p => Cell(comparison.ReportsOf(p, work), figure)))} |");
        text.AppendLine();
        foreach (var peer in comparison.Peers) text.AppendLine(CultureInfo.InvariantCulture, $"- {peer.Name}: {peer.Description}");
        return text.ToString();
    }

    private static string Cell(IReadOnlyList<LoadReport> reports, Figure figure)
    {
        if (reports.Count == 0) return "-";
        if (!reports.All(ReportText.IsGood)) return "failed";
        double[] values = [.. reports.Select(figure.Of).OfType<double>().Order()];
        if (values.Length == 0) return "-";
        var middle = (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
        return middle.ToString(figure.Format, CultureInfo.InvariantCulture);
    }
}
