using XmppHost.Benchmarks.Load;
using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Peers;

namespace XmppHost.Benchmarks.Comparing;

/// <summary>Round after round through all servers, so that a noisy minute of the machine does not hit one of them alone.</summary>
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
            foreach (var peer in peers)
                await RunAllAsync(peer, run, ct);
        return _reports.Values.SelectMany(r => r).All(ReportText.IsGood);
    }

    private async Task RunAllAsync(IPeer peer, int run, CancellationToken ct)
    {
        foreach (var work in works.Where(w => w.NeedsFreshServer)) await RunOnOneServerAsync(peer, [work], run, ct);
        await RunOnOneServerAsync(peer, [.. works.Where(w => !w.NeedsFreshServer)], run, ct);
    }

    private async Task RunOnOneServerAsync(IPeer peer, IReadOnlyList<Work> together, int run, CancellationToken ct)
    {
        if (together.Count == 0) return;
        var plan = PlanFor(together);
        await using var running = await peer.StartAsync(plan, ct);
        foreach (var work in together)
        {
            Keep(peer, work, run, LoadRunner.Run(work.Mode, work.OptionsFor(running, plan, seconds), ct));
        }
    }

    private static PeerPlan PlanFor(IReadOnlyList<Work> together) =>
        new(together.Max(w => w.Adjust(new LoadOptions { Server = new(System.Net.IPAddress.Loopback, 1) }).Users));

    private void Keep(IPeer peer, Work work, int run, LoadReport report)
    {
        if (!_reports.TryGetValue((peer.Name, work.Name), out var list)) _reports[(peer.Name, work.Name)] = list = [];
        list.Add(report);
        var figures = string.Join(", ", work.Figures.Select(f => $"{f.Of(report)?.ToString(f.Format) ?? "-"} {f.Unit}"));
        Console.Error.WriteLine($"[{run}/{runs}] {peer.Name} {work.Name}: {figures}; p50 {report.P50Microseconds:0} µs; lost {report.Lost ?? 0}, duplicated {report.Duplicated ?? 0}; generator {report.ClientCpuMicroseconds:0.0} µs/operation");
        foreach (var problem in report.Problems.Take(2)) Console.Error.WriteLine($"    PROBLEM: {problem}");
    }
}
