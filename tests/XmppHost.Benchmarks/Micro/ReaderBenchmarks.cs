using System.Buffers;
using BenchmarkDotNet.Attributes;
using XmppHost.Xml;

namespace XmppHost.Benchmarks.Micro;

/// <summary>From bytes to a tree: one stanza of an open stream.</summary>
[MemoryDiagnoser]
public class ReaderBenchmarks
{
    private readonly XmppStreamReader _reader = new(XmlLimits.Default);
    private ReadOnlySequence<byte> _whole;

    [Params(nameof(Samples.Chat), nameof(Samples.Presence), nameof(Samples.Roster))]
    public string Stanza { get; set; } = "";

    [GlobalSetup]
    public void OpenStream()
    {
        var header = new ReadOnlySequence<byte>(Samples.StreamHeader);
        if (_reader.TryRead(ref header, out _) != XmppReadResult.StreamOpen) throw new InvalidOperationException("The stream header was refused.");
        _whole = new ReadOnlySequence<byte>(Samples.Of(Stanza));
    }

    [Benchmark]
    public XmppElement? Read()
    {
        var buffer = _whole;
        if (_reader.TryRead(ref buffer, out var element) != XmppReadResult.Element) throw new InvalidOperationException("The stanza was refused.");
        return element;
    }

    /// <summary>The same in two reads, as a segment boundary cuts it.</summary>
    [Benchmark]
    public XmppElement? ReadInTwoParts()
    {
        var first = _whole.Slice(0, _whole.Length / 2);
        var second = _whole.Slice(_whole.Length / 2);
        if (_reader.TryRead(ref first, out _) != XmppReadResult.NeedMore) throw new InvalidOperationException("Half a stanza was taken for one.");
        if (_reader.TryRead(ref second, out var element) != XmppReadResult.Element) throw new InvalidOperationException("The stanza was refused.");
        return element;
    }
}
