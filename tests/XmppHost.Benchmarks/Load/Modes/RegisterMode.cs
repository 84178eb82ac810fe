using System.Diagnostics;
using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Load.Net;
using XmppHost.Benchmarks.Load.Protocol;

namespace XmppHost.Benchmarks.Load.Modes;

/// <summary>Creates the accounts that the other modes use.</summary>
internal static class RegisterMode
{
    public static LoadReport Run(LoadOptions options, CancellationToken stop)
    {
        using var target = new LoadTarget(options.Server, options.Host, options.Tls);
        using var loop = new EventLoop(stop);
        var clock = Stopwatch.StartNew();
        List<string> failures = [];
        var started = 0;
        var created = 0;

        void StartNext()
        {
            if (started == options.Users || failures.Count > 0) return;
            new RegisterFlow(target, options.AccountOf(started++), OnDone).Start(loop);
        }

        void OnDone(string? problem)
        {
            if (problem is null) created++;
            else failures.Add(problem);
            StartNext();
        }

        for (var i = 0; i < Math.Min(options.Concurrency, options.Users); i++) StartNext();
        if (!loop.RunUntil(() => created == options.Users || failures.Count > 0, TimeSpan.FromSeconds(30 + (options.Users * 0.1))))
            failures.Add($"{created} of {options.Users} accounts were made in time");
        return new LoadReport("register") { Operations = created, Seconds = clock.Elapsed.TotalSeconds, OperationsPerSecond = created / clock.Elapsed.TotalSeconds, Problems = failures };
    }
}
