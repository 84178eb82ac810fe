using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Load.Net;
using XmppHost.Benchmarks.Load.Protocol;

namespace XmppHost.Benchmarks.Load.Modes;

internal static class SlotMode
{
    public static LoadReport Run(LoadOptions options, CancellationToken stop)
    {
        using var target = new LoadTarget(options.Server, options.Host, options.Tls);
        using var loop = new EventLoop(stop);
        var run = new TrafficRun(loop, options);
        List<SlotClient> clients = [];
        var failures = new SessionOpener(loop, options, target, (connection, _, _) => clients.Add(new SlotClient(run, options, connection))).Open(options.Users);
        if (failures.Count > 0) return new LoadReport("slots") { Problems = failures };
        var report = run.Execute("slots", clients);
        SessionCloser.CloseAll(loop, clients.Select(c => c.Connection));
        return report with
        {
            Sessions = clients.Count,
            Sent = clients.Sum(c => c.Ledger.Sent),
            Received = clients.Sum(c => c.Ledger.Arrived),
            Lost = clients.Sum(c => c.Ledger.Lost),
            Duplicated = clients.Sum(c => c.Ledger.Duplicated),
            Problems = [.. report.Problems, .. clients.SelectMany(c => c.Problems).Take(5)],
        };
    }
}
