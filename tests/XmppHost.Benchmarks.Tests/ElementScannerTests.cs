using System.Text;
using XmppHost.Benchmarks.Load.Net;

namespace XmppHost.Benchmarks.Tests;

internal sealed class ElementScannerTests
{
    private const string Stream =
        "<?xml version='1.0'?><stream:stream from='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
        + "<stream:features><a/><b><c x='1'/></b></stream:features> \n<r xmlns='urn:xmpp:sm:3'/><message><body>one &lt; two</body></message></stream:stream>";

    private static readonly string[] Expected =
    [
        "StreamOpen <stream:stream from='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>",
        "Element <stream:features><a/><b><c x='1'/></b></stream:features>",
        "Element <r xmlns='urn:xmpp:sm:3'/>",
        "Element <message><body>one &lt; two</body></message>",
        "StreamClose </stream:stream>",
    ];

    [Test]
    public void A_stream_is_cut_into_its_first_level_elements() => Assert.That(Cut(Encoding.UTF8.GetBytes(Stream)).Items, Is.EqualTo(Expected));

    [Test]
    public void Bytes_that_end_anywhere_give_only_what_is_complete([Range(0, 300, 7)] int length)
    {
        var all = Encoding.UTF8.GetBytes(Stream);
        var cut = Math.Min(length, all.Length);
        var (items, used) = Cut(all.AsSpan(0, cut));
        var (rest, _) = Cut(all.AsSpan(used));
        Assert.That(items.Concat(rest), Is.EqualTo(Expected));
    }

    private static (List<string> Items, int Used) Cut(ReadOnlySpan<byte> data)
    {
        List<string> items = [];
        var used = 0;
        while (used < data.Length)
        {
            var length = ElementScanner.Next(data[used..], out var kind, out var start);
            if (kind == ElementKind.Incomplete) break;
            items.Add($"{kind} {Encoding.UTF8.GetString(data[(used + start)..(used + length)])}");
            used += length;
        }

        return (items, used);
    }
}
