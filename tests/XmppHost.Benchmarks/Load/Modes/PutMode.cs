using XmppHost.Benchmarks.Load.Http;
using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Load.Net;

namespace XmppHost.Benchmarks.Load.Modes;

/// <summary>Files put to slots that were asked for before; after the measured time every one is fetched and compared.</summary>
internal static class PutMode
{
    public static LoadReport Run(LoadOptions options, CancellationToken stop)
    {
        using var loop = new EventLoop(stop);
        var warmUp = options.WarmUpOf(options.Files);
        var total = warmUp + options.Files;
        var (places, problems) = PlaceSource.Take(loop, options, total);
        if (problems.Count > 0) return new LoadReport("put") { Problems = problems };
        using var target = WebTarget.Of(options, places[0]);
        var traffic = new HttpTraffic(loop, target, options.Connections);
        traffic.Run(Puts(0, warmUp));
        var report = new TransferMeter(options, traffic).Measure("put", Puts(warmUp, options.Files));
        var intact = traffic.Run(places.Select((place, file) => HttpExchange.Get(place, file, options.FileBytes)));
        return report with { Sent = total, Received = intact, Lost = total - intact, Problems = traffic.Problems };

        IEnumerable<HttpExchange> Puts(int first, int count) =>
            Enumerable.Range(first, count).Select(file => HttpExchange.Put(places[file], file, options.FileBytes));
    }
}
