using System.Buffers;
using BenchmarkDotNet.Attributes;
using XmppHost.Xml;

namespace XmppHost.Benchmarks.Xml;

/// <summary>Writing one stanza into a buffer that is there already, as a connection's pipe is.</summary>
[MemoryDiagnoser]
public class WriterBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(4096);
    private XmppElement _stanza = new("none");

    [Params("Short", "Plain", "Chat", "Escaped")]
    public string Stanza { get; set; } = "";

    [GlobalSetup]
    public void Parse() => _stanza = XmppStreamReader.Parse(Stanza switch { "Short" => Samples.Short, "Plain" => Samples.Plain, "Chat" => Samples.Chat, _ => Samples.Escaped }, XmlNs.Client);

    [Benchmark]
    public int Write()
    {
        _output.ResetWrittenCount();
        Utf8XmlWriter.Write(_output, _stanza, XmlNs.Client);
        return _output.WrittenCount;
    }

    /// <summary>What a fan-out pays once for all its recipients.</summary>
    [Benchmark]
    public byte[] ToBytes() => Utf8XmlWriter.ToBytes(_stanza, XmlNs.Client);
}
