using XmppHost.Benchmarks.Load;
using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Peers;

namespace XmppHost.Benchmarks.Comparing;

/// <summary>The servers take turns at each work, so that a noisy minute of the machine does not hit one of them alone.</summary>
internal sealed class Comparison(IReadOnlyList<IPeer> peers, IReadOnlyList<Work> works, int runs, double seconds)
{
    private readonly Dictionary<(string Peer, string Work), List<LoadReport>> _reports = [];

    public IReadOnlyList<IPeer> Peers => peers;

    public IReadOnlyList<Work> Works => works;

    public int Runs => runs;

    public double Seconds => seconds;

    public IReadOnlyList<LoadReport> ReportsOf(IPeer peer, Work work) => _reports.GetValueOrDefault((peer.Name, work.Name)) ?? [];

    /// <summary>False where any run lost, doubled or was refused something.</summary>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        for (var run = 1; run <= runs; run++)
            foreach (var work in works)
                foreach (var peer in peers.Where(p => p.Serves(work.Uploads)))
                    await RunAsync(peer, work, run, ct);
        return _reports.Values.SelectMany(r => r).All(ReportText.IsGood);
    }

    // A fresh server each time: what an earlier work has left on the heap would show in the next one's memory and collector.
    private async Task RunAsync(IPeer peer, Work work, int run, CancellationToken ct)
    {
        var plan = work.Plan;
        await using var running = await peer.StartAsync(plan, ct);
        Keep(peer, work, run, LoadRunner.Run(work.Mode, work.OptionsFor(running, plan, seconds), ct));
    }

    private void Keep(IPeer peer, Work work, int run, LoadReport report)
    {
        if (!_reports.TryGetValue((peer.Name, work.Name), out var list)) _reports[(peer.Name, work.Name)] = list = [];
        list.Add(report);
        var figures = string.Join(", ", work.Figures.Select(f => $"{f.Of(report)?.ToString(f.Format) ?? "-"} {f.Unit}"));
        Console.Error.WriteLine($"[{run}/{runs}] {peer.Name} {work.Name}: {figures}; p50 {report.P50Microseconds:0} µs; lost {report.Lost ?? 0}, duplicated {report.Duplicated ?? 0}; generator {report.ClientCpuMicroseconds:0.0} µs/operation");
        foreach (var problem in report.Problems.Take(2)) Console.Error.WriteLine($"    PROBLEM: {problem}");
    }
}
