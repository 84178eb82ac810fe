using System.Diagnostics;
using XmppHost.Benchmarks.Load.Measuring;

namespace XmppHost.Benchmarks.Load.Http;

/// <summary>What the server and this process spend on a number of exchanges.</summary>
internal sealed class TransferMeter(LoadOptions options, HttpTraffic traffic)
{
    public LoadReport Measure(string mode, IEnumerable<HttpExchange> exchanges)
    {
        var server = options.Pid > 0 ? new ProcessGauge(options.Pid) : null;
        var serverBefore = server?.CpuMicroseconds();
        var clientBefore = OwnCpu();
        var clock = Stopwatch.StartNew();
        var good = traffic.Run(exchanges);
        var seconds = clock.Elapsed.TotalSeconds;
        var clientCpu = OwnCpu() - clientBefore;
        var serverCpu = server?.CpuMicroseconds() - serverBefore;
        var count = Math.Max(good, 1);
        return new LoadReport(mode)
        {
            Operations = good,
            Seconds = seconds,
            OperationsPerSecond = good / seconds,
            Bytes = good * options.FileBytes,
            ServerCpuMicroseconds = serverCpu / count,
            ClientCpuMicroseconds = clientCpu / count,
            P50Microseconds = traffic.Latency.Percentile(50),
            P99Microseconds = traffic.Latency.Percentile(99),
            MaxMicroseconds = LatencyHistogram.Microseconds(traffic.Latency.MaxTicks),
        };
    }

    private static double OwnCpu() => Environment.CpuUsage.TotalTime.TotalMicroseconds;
}
