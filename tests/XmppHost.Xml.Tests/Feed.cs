using System.Buffers;
using System.Text;

namespace XmppHost.Xml.Tests;

/// <summary>Runs a reader over bytes that arrive in pieces, as a connection would.</summary>
internal static class Feed
{
    public const string Header = "<?xml version='1.0'?><stream:stream to='example.net' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

    public static ReadOnlySequence<byte> Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>A sequence whose segments are the pieces, empty ones included.</summary>
    public static ReadOnlySequence<byte> Segments(params IReadOnlyList<byte[]> pieces)
    {
        var first = new Segment(pieces[0], null);
        var last = first;
        foreach (var piece in pieces.Skip(1)) last = new Segment(piece, last);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    public static ReadOnlySequence<byte> OneByteSegments(byte[] bytes) => Segments([.. bytes.Select(b => new[] { b })]);

    /// <summary>Everything that comes out, one line an item; the last line is the error, if there is one.</summary>
    public static List<string> All(XmppStreamReader reader, params IEnumerable<ReadOnlySequence<byte>> pieces)
    {
        var lines = new List<string>();
        foreach (var piece in pieces)
        {
            var rest = piece;
            while (true)
            {
                var result = reader.TryRead(ref rest, out var item);
                if (result == XmppReadResult.NeedMore)
                {
                    Assert.That(rest.IsEmpty, "what was looked at is consumed");
                    break;
                }

                if (result == XmppReadResult.Error)
                {
                    lines.Add(reader.Error.ToString());
                    return lines;
                }

                lines.Add($"{result} {(item is null ? "" : Tree.Of(item))}".TrimEnd());
            }
        }

        return lines;
    }

    public static List<string> All(string text, XmlLimits? limits = null) => All(new XmppStreamReader(limits ?? XmlLimits.Default), Bytes(text));

    public static XmppReadError ErrorOf(string text, XmlLimits? limits = null) => ErrorOf(Encoding.UTF8.GetBytes(text), limits);

    public static XmppReadError ErrorOf(byte[] bytes, XmlLimits? limits = null)
    {
        var reader = new XmppStreamReader(limits ?? XmlLimits.Default);
        All(reader, new ReadOnlySequence<byte>(bytes));
        return reader.Error;
    }

    /// <summary>A reader that has read a header and waits for stanzas.</summary>
    public static XmppStreamReader Opened(XmlLimits? limits = null)
    {
        var reader = new XmppStreamReader(limits ?? XmlLimits.Default);
        var header = Bytes(Header);
        Assert.That(reader.TryRead(ref header, out _), Is.EqualTo(XmppReadResult.StreamOpen));
        return reader;
    }

    /// <summary>The error of one stanza, or of what stands in its place, in an opened stream.</summary>
    public static XmppReadError StanzaError(string stanza, XmlLimits? limits = null) => StanzaError(Encoding.UTF8.GetBytes(stanza), limits);

    public static XmppReadError StanzaError(byte[] stanza, XmlLimits? limits = null)
    {
        var reader = Opened(limits);
        All(reader, new ReadOnlySequence<byte>(stanza));
        return reader.Error;
    }

    public static XmppElement Stanza(string stanza)
    {
        var reader = Opened();
        var bytes = Bytes(stanza);
        Assert.That(reader.TryRead(ref bytes, out var item), Is.EqualTo(XmppReadResult.Element), reader.Error.ToString());
        Assert.That(bytes.IsEmpty);
        return item!;
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? previous)
        {
            Memory = memory;
            if (previous is null) return;
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }
}
