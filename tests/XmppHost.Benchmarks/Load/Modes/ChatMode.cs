using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Load.Net;
using XmppHost.Benchmarks.Load.Protocol;

namespace XmppHost.Benchmarks.Load.Modes;

/// <summary>Users in pairs, each writing to the other's full JID; with <see cref="LoadOptions.AckEvery"/> under XEP-0198.</summary>
internal static class ChatMode
{
    public static LoadReport Run(LoadOptions options, CancellationToken stop)
    {
        var mode = options.AckEvery > 0 ? "chat with acks" : "chat";
        using var target = new LoadTarget(options.Server, options.Host, options.Tls);
        using var loop = new EventLoop(stop);
        var run = new TrafficRun(loop, options);
        var clients = new ChatClient[options.Users / 2 * 2];
        if (clients.Length == 0) return new LoadReport(mode) { Problems = ["chat needs two users"] };

        var failures = new SessionOpener(loop, options, target, (connection, jid, index) => clients[index] = new ChatClient(run, options, connection, jid, index)).Open(clients.Length);
        if (failures.Count > 0) return new LoadReport(mode) { Problems = failures };
        for (var i = 0; i < clients.Length; i++) clients[i].PairWith(clients[i ^ 1]);
        if (!loop.RunUntil(() => clients.All(c => c.IsReady), TimeSpan.FromSeconds(10)))
            return new LoadReport(mode) { Problems = ["stream management was not enabled everywhere", .. clients.SelectMany(c => c.Problems).Take(3)] };

        var report = run.Execute(mode, clients);
        if (options.AckEvery > 0) CollectAcks(loop, clients);
        SessionCloser.CloseAll(loop, clients.Select(c => c.Connection));
        return Checked(report, options, clients);
    }

    private static void CollectAcks(EventLoop loop, ChatClient[] clients)
    {
        foreach (var client in clients) client.RequestAck();
        loop.RunUntil(() => clients.All(c => c.Acknowledged == c.Ledger.Sent), TimeSpan.FromSeconds(5));
    }

    private static LoadReport Checked(LoadReport report, LoadOptions options, ChatClient[] clients)
    {
        List<string> problems = [.. report.Problems, .. clients.SelectMany(c => c.Problems).Take(5)];
        var sent = clients.Sum(c => c.Ledger.Sent);
        var acknowledged = clients.Sum(c => c.Acknowledged);
        if (clients.Sum(c => c.Ledger.Unknown) is > 0 and var unknown) problems.Add($"{unknown} messages arrived that were never sent");
        if (options.AckEvery > 0 && acknowledged != sent) problems.Add($"{sent} stanzas were sent and {acknowledged} acknowledged");
        return report with
        {
            Sessions = clients.Length,
            Sent = sent,
            Received = clients.Sum(c => c.Ledger.Arrived),
            Lost = clients.Sum(c => c.Ledger.Lost),
            Duplicated = clients.Sum(c => c.Ledger.Duplicated),
            OutOfOrder = clients.Sum(c => c.Ledger.OutOfOrder),
            Acknowledged = options.AckEvery > 0 ? acknowledged : null,
            Problems = problems,
        };
    }
}
