using System.Buffers;
using System.Text;

namespace XmppHost.Xml.Tests;

internal sealed class StreamReaderTests
{
    private const string Open = "StreamOpen stream:stream{http://etherx.jabber.org/streams} to{}=\"example.net\" version{}=\"1.0\"()";

    [Test]
    public void A_stream_is_read_item_by_item()
    {
        var items = Feed.All(Feed.Header + "<presence/> \n <message to='a'><body>hi</body></message></stream:stream>");

        Assert.That(items, Is.EqualTo(new[]
        {
            Open,
            "Element presence{jabber:client}()",
            "Element message{jabber:client} to{}=\"a\"(body{jabber:client}(\"hi\"))",
            "StreamClose",
        }));
    }

    [Test]
    public void The_default_namespace_of_the_header_is_told()
    {
        var reader = Feed.Opened();

        Assert.That(reader.DefaultNamespace, Is.EqualTo(XmlNs.Client));
        reader.Reset();
        Assert.That(reader.DefaultNamespace, Is.Empty);
    }

    [Test]
    public void Bytes_after_starttls_are_left_alone()
    {
        var bytes = new ReadOnlySequence<byte>([.. "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"u8, 0x16, 0x03, 0x01, .. "<iq/>"u8]);
        var reader = Feed.Opened();

        Assert.That(reader.TryRead(ref bytes, out _), Is.EqualTo(XmppReadResult.Element));
        Assert.That(bytes.ToArray(), Is.EqualTo((byte[])[0x16, 0x03, 0x01, .. "<iq/>"u8]));
    }

    [Test]
    public void Bytes_after_starttls_are_left_alone_in_a_later_segment()
    {
        var bytes = Feed.Segments("<starttls xmlns='urn:ietf:par"u8.ToArray(), [], "ams:xml:ns:xmpp-tls'/"u8.ToArray(), [.. ">"u8, 0x16, 0x03], [0x01]);
        var reader = Feed.Opened();

        Assert.That(reader.TryRead(ref bytes, out _), Is.EqualTo(XmppReadResult.Element));
        Assert.That(bytes.ToArray(), Is.EqualTo(new byte[] { 0x16, 0x03, 0x01 }));
    }

    [Test]
    public void White_space_behind_an_element_stays_until_the_next_read_consumes_it()
    {
        var bytes = Feed.Bytes("<auth/>\n \t\r");
        var reader = Feed.Opened();

        reader.TryRead(ref bytes, out _);
        Assert.That(bytes.Length, Is.EqualTo(4));
        Assert.That(reader.TryRead(ref bytes, out _), Is.EqualTo(XmppReadResult.NeedMore));
        Assert.That(bytes.IsEmpty);
        Assert.That(reader.IsIdle);
    }

    [Test]
    public void After_a_reset_a_new_header_is_read_behind_left_over_white_space()
    {
        var reader = Feed.Opened();
        reader.Reset();

        Assert.That(Feed.All(reader, Feed.Bytes(" \n" + Feed.Header + "<iq/>")), Is.EqualTo(new[] { Open, "Element iq{jabber:client}()" }));
    }

    [TestCase("<message><body>half")]
    [TestCase("<message><body half='")]
    [TestCase("<message><![CDATA[half")]
    [TestCase("<message><p:body xmlns:p='half'>")]
    public void A_reset_forgets_a_half_read_item(string half)
    {
        var reader = Feed.Opened();
        Assert.That(Feed.All(reader, Feed.Bytes(half)), Is.Empty);
        reader.Reset();
        Assert.That(reader.IsIdle);
        Assert.That(Feed.All(reader, Feed.Bytes(Feed.Header)), Is.EqualTo(new[] { Open }));
    }

    [Test]
    public void A_reset_forgets_the_error()
    {
        var reader = Feed.Opened();
        reader.Reset();
        Assert.That(Feed.All(reader, Feed.Bytes("junk")), Is.EqualTo(new[] { "NotWellFormed" }));

        reader.Reset();
        Assert.That(reader.Error, Is.EqualTo(XmppReadError.None));
        Assert.That(Feed.All(reader, Feed.Bytes(Feed.Header)), Is.EqualTo(new[] { Open }));
    }

    [Test]
    public void A_header_that_closes_itself_opens_and_closes_the_stream() =>
        Assert.That(Feed.All("<stream xmlns='s'/>"), Is.EqualTo(new[] { "StreamOpen stream{s}()", "StreamClose" }));

    [Test]
    public void After_the_closing_tag_only_white_space_may_come()
    {
        Assert.That(Feed.All("<s></s> \n"), Is.EqualTo(new[] { "StreamOpen s{}()", "StreamClose" }));
        Assert.That(Feed.All("<s></s><s>"), Is.EqualTo(new[] { "StreamOpen s{}()", "StreamClose", "NotWellFormed" }));
    }

    [Test]
    public void An_error_is_repeated_for_ever()
    {
        var reader = Feed.Opened();
        Feed.All(reader, Feed.Bytes("<a></b>"));
        var good = Feed.Bytes("<iq/>");

        Assert.That(reader.TryRead(ref good, out var item), Is.EqualTo(XmppReadResult.Error));
        Assert.That(item, Is.Null);
        Assert.That(reader.Error, Is.EqualTo(XmppReadError.NotWellFormed));
        Assert.That(reader.IsIdle);
    }

    [Test]
    public void Every_split_of_the_bytes_gives_the_same_items()
    {
        var bytes = Encoding.UTF8.GetBytes(Feed.Header + "<m a='1&amp;&#x1F600;é' b=\">\"><p:b xmlns:p='ü'>x&lt;y\r\n<![CDATA[a]]>]]&gt;€</p:b> </m> <iq/></stream:stream>");
        var whole = Feed.All(new XmppStreamReader(XmlLimits.Default), new ReadOnlySequence<byte>(bytes));
        Assert.That(whole, Has.Count.EqualTo(4));

        for (var i = 0; i <= bytes.Length; i++)
        {
            var pieces = new[] { bytes[..i], bytes[i..] };
            Assert.That(Feed.All(new XmppStreamReader(XmlLimits.Default), pieces.Select(p => new ReadOnlySequence<byte>(p))), Is.EqualTo(whole), $"two reads, split at {i}");
            Assert.That(Feed.All(new XmppStreamReader(XmlLimits.Default), Feed.Segments(pieces)), Is.EqualTo(whole), $"two segments, split at {i}");
        }

        Assert.That(Feed.All(new XmppStreamReader(XmlLimits.Default), Feed.OneByteSegments(bytes)), Is.EqualTo(whole));
        Assert.That(Feed.All(new XmppStreamReader(XmlLimits.Default), bytes.Select(b => new ReadOnlySequence<byte>([b]))), Is.EqualTo(whole));
    }

    [Test]
    public void An_idle_reader_keeps_no_working_state()
    {
        var reader = Feed.Opened();
        Assert.That(reader.IsIdle);
        Feed.All(reader, Feed.Bytes("<iq><query"));
        Assert.That(reader.IsIdle, Is.False);
        Feed.All(reader, Feed.Bytes("/></iq>"));
        Assert.That(reader.IsIdle);
    }

    [Test]
    public void An_idle_reader_is_a_few_hundred_bytes()
    {
        const int Count = 2000;
        var header = Encoding.UTF8.GetBytes(Feed.Header);
        var readers = new XmppStreamReader[Count];
        var before = GC.GetTotalMemory(true);
        for (var i = 0; i < Count; i++)
        {
            readers[i] = new XmppStreamReader(XmlLimits.Default);
            var bytes = new ReadOnlySequence<byte>(header);
            readers[i].TryRead(ref bytes, out _);
        }

        var each = (GC.GetTotalMemory(true) - before) / Count;
        GC.KeepAlive(readers);
        Assert.That(each, Is.LessThan(300));
    }
}
