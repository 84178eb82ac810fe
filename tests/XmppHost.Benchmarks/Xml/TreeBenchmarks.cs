using BenchmarkDotNet.Attributes;
using XmppHost.Xml;

namespace XmppHost.Benchmarks.Xml;

/// <summary>Building a stanza in code and changing one attribute, as the router does with <c>from</c>.</summary>
[MemoryDiagnoser]
public class TreeBenchmarks
{
    private readonly XmppElement _message = XmppStreamReader.Parse(Samples.Chat, XmlNs.Client);

    [Benchmark]
    public XmppElement Build() => new XmppElement("message", XmlNs.Client).WithAttributes(
        new XmppAttribute("to", "bob@example.net"), new XmppAttribute("id", "m1"), new XmppAttribute("type", "chat")).Add(new XmppElement("body", XmlNs.Client).Add("Hello, Bob!"));

    [Benchmark]
    public XmppElement Stamp() => _message.With("from", "alice@example.net/laptop");
}
