using System.Buffers;
using BenchmarkDotNet.Attributes;
using XmppHost.Xml;

namespace XmppHost.Benchmarks.Micro;

/// <summary>From a tree to bytes.</summary>
[MemoryDiagnoser]
public class WriterBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(16_384);
    private XmppElement _element = null!;

    [Params(nameof(Samples.Chat), nameof(Samples.Presence), nameof(Samples.Roster))]
    public string Stanza { get; set; } = "";

    [GlobalSetup]
    public void Parse() => _element = Samples.Parse(Samples.Of(Stanza));

    [Benchmark]
    public int Write()
    {
        _output.ResetWrittenCount();
        Utf8XmlWriter.Write(_output, _element, XmlNs.Client, inStream: true);
        return _output.WrittenCount;
    }
}
