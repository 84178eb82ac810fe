using System.Globalization;
using System.Text;
using XmppHost.Benchmarks.Load.Modes;
using XmppHost.Benchmarks.Load.Net;
using XmppHost.Benchmarks.Load.Protocol;

namespace XmppHost.Benchmarks.Load.Http;

/// <summary>Places for files: slots from an XMPP server, or made from a template for a server that takes any PUT.</summary>
internal static class PlaceSource
{
    public static (IReadOnlyList<UploadPlace> Places, IReadOnlyList<string> Problems) Take(EventLoop loop, LoadOptions options, int count) =>
        options.UrlTemplate is { } template ? (FromTemplate(template, count), []) : FromSlots(loop, options, count);

    private static UploadPlace[] FromTemplate(string template, int count)
    {
        var format = CompositeFormat.Parse(template);
        return [.. Enumerable.Range(0, count).Select(i => string.Format(CultureInfo.InvariantCulture, format, i)).Select(url => UploadPlace.Of(url, url, []))];
    }

    private static (IReadOnlyList<UploadPlace> Places, IReadOnlyList<string> Problems) FromSlots(EventLoop loop, LoadOptions options, int count)
    {
        using var target = new LoadTarget(options.Server, options.Host, options.Tls);
        Connection session = null!;
        var failures = new SessionOpener(loop, options, target, (connection, _, _) => session = connection).Open(1);
        if (failures.Count > 0) return ([], failures);
        var fetcher = new SlotFetcher(session, options.UploadService ?? "upload." + options.Host, options.FileBytes, count);
        fetcher.Start();
        var limit = TimeSpan.FromSeconds(30 + (count * 0.05));
        var isDone = loop.RunUntil(() => fetcher.IsDone, limit);
        SessionCloser.CloseAll(loop, [session]);
        if (fetcher.Problem is { } problem) return ([], [problem]);
        return isDone ? (fetcher.Places, []) : ([], [$"{count} slots were not there after {limit.TotalSeconds:0} s"]);
    }
}
