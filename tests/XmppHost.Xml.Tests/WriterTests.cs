using System.Buffers;
using System.Text;

namespace XmppHost.Xml.Tests;

internal sealed class WriterTests
{
    [Test]
    public void A_namespace_is_declared_where_it_changes()
    {
        var stanza = new XmppElement("iq", XmlNs.Client).With("id", "1").Add(new XmppElement("query", "q").Add(new XmppElement("item", "q")).Add(new XmppElement("x")));

        Assert.That(Encoding.UTF8.GetString(Utf8XmlWriter.ToBytes(stanza, XmlNs.Client)), Is.EqualTo("<iq id='1'><query xmlns='q'><item/><x xmlns=''/></query></iq>"));
        Assert.That(stanza.ToString(), Is.EqualTo("<iq xmlns='jabber:client' id='1'><query xmlns='q'><item/><x xmlns=''/></query></iq>"));
    }

    [TestCase("<a xmlns='n'><p:b xmlns:p='m' p:c='1' d='2'><e/></p:b></a>")]
    [TestCase("<p:a xmlns:p='m'><b/><p:c><d xmlns='n' p:x=''/></p:c></p:a>")]
    [TestCase("<p:a xmlns:p='m'><p:b xmlns:p='n'/><p:c/></p:a>")]
    [TestCase("<p:a xmlns:p='m'><b xmlns:p='n' p:x='1'/></p:a>")]
    [TestCase("<a xml:lang='de'/>")]
    public void Prefixes_leave_as_they_came(string xml) => Assert.That(XmppStreamReader.Parse(xml).ToString(), Is.EqualTo(xml));

    [Test]
    public void A_prefix_of_the_stream_header_is_declared_on_the_stanza()
    {
        var reader = new XmppStreamReader(XmlLimits.Default);
        var bytes = Feed.Bytes("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' xmlns:p='m'><message><p:x p:y='1'/></message>");
        reader.TryRead(ref bytes, out _);
        reader.TryRead(ref bytes, out var message);

        Assert.That(Encoding.UTF8.GetString(Utf8XmlWriter.ToBytes(message!, XmlNs.Client)), Is.EqualTo("<message><p:x xmlns:p='m' p:y='1'/></message>"));
    }

    [Test]
    public void In_a_stream_its_own_elements_take_its_prefix()
    {
        var features = new XmppElement("features", XmlNs.Streams).Add(new XmppElement("bind", "b"));

        Assert.That(Encoding.UTF8.GetString(Utf8XmlWriter.ToBytes(features, XmlNs.Client, inStream: true)), Is.EqualTo("<stream:features><bind xmlns='b'/></stream:features>"));
        Assert.That(features.ToString(), Is.EqualTo("<features xmlns='http://etherx.jabber.org/streams'><bind xmlns='b'/></features>"));
    }

    [Test]
    public void A_stream_is_opened_as_clients_expect()
    {
        var output = new ArrayBufferWriter<byte>();
        Utf8XmlWriter.WriteStreamOpen(output, "jabber:server", new XmppAttribute("from", "a'b"), new XmppAttribute("lang", "en", XmlNs.Xml), new XmppAttribute("db", "jabber:server:dialback", XmlNs.Xmlns));
        var text = Encoding.UTF8.GetString(output.WrittenSpan);

        Assert.That(text, Is.EqualTo("<?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams' from='a&apos;b' xml:lang='en' xmlns:db='jabber:server:dialback'>"));
        Assert.That(Feed.All(text), Has.Count.EqualTo(1).And.One.StartsWith("StreamOpen"));
    }

    [Test]
    public void Attributes_that_claim_one_prefix_for_two_namespaces_get_another()
    {
        var element = new XmppElement("a", "n").WithAttributes(new("x", "1", "m", "p"), new("x", "2", "o", "p"), new("x", "3", "q"), new("y", "4", XmlNs.Xml), new("z", "5", "r", "xml"));
        var back = XmppStreamReader.Parse(element.ToString());

        Assert.That(back.Attribute("x", "m"), Is.EqualTo("1"));
        Assert.That(back.Attribute("x", "o"), Is.EqualTo("2"));
        Assert.That(back.Attribute("x", "q"), Is.EqualTo("3"));
        Assert.That(back.Attribute("y", XmlNs.Xml), Is.EqualTo("4"));
        Assert.That(back.Attribute("z", "r"), Is.EqualTo("5"));
    }

    [Test]
    public void An_attribute_does_not_take_the_prefix_that_its_element_inherited()
    {
        var inner = new XmppElement("b", "m", "p", [new XmppAttribute("x", "1", "o", "p")], null);
        var back = XmppStreamReader.Parse(new XmppElement("a", "m", "p", [], inner).ToString()).Element("b", "m");

        Assert.That(back?.Attribute("x", "o"), Is.EqualTo("1"));
    }

    [Test]
    public void Markup_and_white_space_survive()
    {
        const string All = "\t\n\r&<>'\"]]>é€😀";
        var back = XmppStreamReader.Parse(new XmppElement("a").With("v", All).Add(All).ToString());

        Assert.That(back.Attribute("v"), Is.EqualTo(All));
        Assert.That(back.Text, Is.EqualTo(All));
    }

    [Test]
    public void What_XML_cannot_carry_leaves_as_a_replacement_character()
    {
        var text = "a\0b\u000Bc\uFFFEd\uFFFFe\uD800f\uDC00" + "g";
        var bytes = Utf8XmlWriter.ToBytes(new XmppElement("a").With("v", text).Add(text));
        var back = XmppStreamReader.Parse(bytes);

        Assert.That(back.Text, Is.EqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\uFFFDg"));
        Assert.That(back.Attribute("v"), Is.EqualTo(back.Text));
    }

    [Test]
    public void Long_text_passes_through_small_buffers([Values(1, 15, 16, 17, 511, 512, 513, 5000)] int length)
    {
        var text = string.Concat(Enumerable.Repeat("a€<😀\uFFFF", length));
        var back = XmppStreamReader.Parse(Utf8XmlWriter.ToBytes(new XmppElement("a").Add(text)));

        Assert.That(back.Text, Is.EqualTo(text.Replace('\uFFFF', '\uFFFD')));
    }
}
