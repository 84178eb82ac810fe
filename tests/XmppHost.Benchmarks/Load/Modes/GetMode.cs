using XmppHost.Benchmarks.Load.Http;
using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Load.Net;

namespace XmppHost.Benchmarks.Load.Modes;

/// <summary>A few files put, then fetched over and over; every byte of every answer is compared.</summary>
internal static class GetMode
{
    public static LoadReport Run(LoadOptions options, CancellationToken stop)
    {
        using var loop = new EventLoop(stop);
        var (places, problems) = PlaceSource.Take(loop, options, options.Files);
        if (problems.Count > 0) return new LoadReport("get") { Problems = problems };
        using var target = WebTarget.Of(options, places[0]);
        var traffic = new HttpTraffic(loop, target, options.Connections);
        traffic.Run(places.Select((place, file) => HttpExchange.Put(place, file, options.FileBytes)));
        var warmUp = options.WarmUpOf(options.Requests);
        var early = traffic.Run(Gets(warmUp));
        var report = new TransferMeter(options, traffic).Measure("get", Gets(options.Requests));
        var sent = warmUp + options.Requests;
        var received = early + report.Operations;
        return report with { Sent = sent, Received = received, Lost = sent - received, Problems = traffic.Problems };

        IEnumerable<HttpExchange> Gets(int count) =>
            Enumerable.Range(0, count).Select(i => i % places.Count).Select(file => HttpExchange.Get(places[file], file, options.FileBytes));
    }
}
