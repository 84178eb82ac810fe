using System.Buffers;
using System.Text;

namespace XmppHost.Xml.Tests;

/// <summary>Whatever XmlReader says of a document, the stream reader says too, however the bytes arrive.</summary>
internal sealed class DifferentialTests
{
    private const string Header = "<s xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' xmlns:p='u'>";

    [Test]
    public void Made_up_stanzas_are_read_as_XmlReader_reads_them([Range(1, 8)] int seed)
    {
        var documents = new Documents(seed);
        var accepted = 0;
        for (var i = 0; i < 1500; i++)
            if (AssertSame(Encoding.UTF8.GetBytes(documents.Element()), $"seed {seed}, document {i}"))
                accepted++;

        Assert.That(accepted, Is.InRange(200, 1400), "the documents are neither all good nor all bad");
    }

    [Test]
    public void Damaged_stanzas_are_refused_where_XmlReader_refuses_them([Range(101, 108)] int seed)
    {
        var documents = new Documents(seed);
        var accepted = 0;
        for (var i = 0; i < 3000; i++)
            if (AssertSame(documents.Spoil(Encoding.UTF8.GetBytes(documents.Element(3))), $"seed {seed}, document {i}"))
                accepted++;

        Assert.That(accepted, Is.InRange(100, 2900), "the documents are neither all good nor all bad");
    }

    [Test]
    public void A_stanza_that_comes_in_pieces_is_the_same_stanza_or_the_same_error([Range(201, 204)] int seed)
    {
        var documents = new Documents(seed);
        for (var i = 0; i < 60; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(documents.Element(2));
            AssertSplits(bytes);
            AssertSplits(documents.Spoil(bytes));
        }
    }

    /// <summary>Wrapped in an element, so that XMPP's own rules for what stands between stanzas play no part.</summary>
    private static bool AssertSame(byte[] content, string which)
    {
        byte[] document = [.. Encoding.UTF8.GetBytes(Header + "<wrap>"), .. content, .. "</wrap></s>"u8];
        var expected = Oracle.Read(document);
        var actual = Read(new ReadOnlySequence<byte>(document));

        Assert.That(actual, Is.EqualTo(expected), () => $"{which}: {Encoding.UTF8.GetString(content)}");
        Assert.That(Read(Feed.OneByteSegments(document)), Is.EqualTo(expected), () => $"{which} in one-byte segments");
        return expected is not null;
    }

    private static void AssertSplits(byte[] content)
    {
        byte[] document = [.. Encoding.UTF8.GetBytes(Header), .. content, .. "</s>"u8];
        var whole = Feed.All(new XmppStreamReader(XmlLimits.Default), new ReadOnlySequence<byte>(document));
        for (var i = 0; i <= document.Length; i++)
        {
            ReadOnlySequence<byte>[] reads = [new(document, 0, i), new(document, i, document.Length - i)];
            Assert.That(Feed.All(new XmppStreamReader(XmlLimits.Default), reads), Is.EqualTo(whole), () => $"split at {i}: {Encoding.UTF8.GetString(document)}");
            Assert.That(Feed.All(new XmppStreamReader(XmlLimits.Default), Feed.Segments(document[..i], [], document[i..])), Is.EqualTo(whole), () => $"segments split at {i}: {Encoding.UTF8.GetString(document)}");
        }
    }

    /// <summary>The whole stream as the oracle would tell it, or null where it is refused.</summary>
    private static string? Read(ReadOnlySequence<byte> document)
    {
        var reader = new XmppStreamReader(XmlLimits.Default);
        var items = Feed.All(reader, document);
        if (reader.Error != XmppReadError.None || items is not [var open, .. var stanzas, "StreamClose"]) return null;
        return open["StreamOpen ".Length..^1] + string.Concat(stanzas.Select(s => s["Element ".Length..])) + ")";
    }
}
