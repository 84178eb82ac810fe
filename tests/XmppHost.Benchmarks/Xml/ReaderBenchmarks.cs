using System.Buffers;
using System.Xml.Linq;
using BenchmarkDotNet.Attributes;
using XmppHost.Xml;

namespace XmppHost.Benchmarks.Xml;

/// <summary>Reading one stanza of an open stream, and what the same costs with .NET's own reader.</summary>
[MemoryDiagnoser]
public class ReaderBenchmarks
{
    private readonly XmppStreamReader _reader = new(XmlLimits.Default);
    private byte[] _stanza = [];

    [Params("Short", "Plain", "Chat", "Escaped")]
    public string Stanza { get; set; } = "";

    [GlobalSetup]
    public void Open()
    {
        _stanza = Stanza switch { "Short" => Samples.Short, "Plain" => Samples.Plain, "Chat" => Samples.Chat, _ => Samples.Escaped };
        var header = new ReadOnlySequence<byte>(Samples.Header);
        if (_reader.TryRead(ref header, out _) != XmppReadResult.StreamOpen) throw new InvalidOperationException("The header was not read.");
    }

    [Benchmark(Baseline = true)]
    public XmppElement? Read()
    {
        var bytes = new ReadOnlySequence<byte>(_stanza);
        _reader.TryRead(ref bytes, out var element);
        return element;
    }

    [Benchmark]
    public XmppElement? ReadInTwoPieces()
    {
        var bytes = new ReadOnlySequence<byte>(_stanza, 0, _stanza.Length / 2);
        _reader.TryRead(ref bytes, out _);
        bytes = new ReadOnlySequence<byte>(_stanza, _stanza.Length / 2, _stanza.Length - (_stanza.Length / 2));
        _reader.TryRead(ref bytes, out var element);
        return element;
    }

    [Benchmark]
    public XElement ReadWithXElement() => XElement.Load(new MemoryStream(_stanza));
}
