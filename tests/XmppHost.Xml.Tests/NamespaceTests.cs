namespace XmppHost.Xml.Tests;

internal sealed class NamespaceTests
{
    [TestCase("<a/>", "a{jabber:client}()")]
    [TestCase("<a xmlns='n'><b/></a>", "a{n}(b{n}())")]
    [TestCase("<a xmlns='n'><b xmlns=''><c/></b><d/></a>", "a{n}(b{}(c{}())d{n}())")]
    [TestCase("<stream:error><x/></stream:error>", "stream:error{http://etherx.jabber.org/streams}(x{jabber:client}())")]
    [TestCase("<p:a p:x='1' x='2' xmlns:p='n'/>", "p:a{n} p:x{n}=\"1\" x{}=\"2\"()")]
    [TestCase("<a p:x='1' q:x='2' xmlns:p='n' xmlns:q='m'/>", "a{jabber:client} p:x{n}=\"1\" q:x{m}=\"2\"()")]
    [TestCase("<p:a xmlns:p='n'><p:b xmlns:p='m'><p:c/></p:b><p:d/></p:a>", "p:a{n}(p:b{m}(p:c{m}())p:d{n}())")]
    [TestCase("<a xml:lang='de' xml:space='preserve'/>", "a{jabber:client} xml:lang{http://www.w3.org/XML/1998/namespace}=\"de\" xml:space{http://www.w3.org/XML/1998/namespace}=\"preserve\"()")]
    [TestCase("<a xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:lang='de'/>", "a{jabber:client} xml:lang{http://www.w3.org/XML/1998/namespace}=\"de\"()")]
    [TestCase("<stream:a xmlns:stream='other'/>", "stream:a{other}()")]
    [TestCase("<a xmlns='a&amp;b&#x20;c'/>", "a{a&b c}()")]
    [TestCase("<é:ü xmlns:é='ñ'></é:ü>", "é:ü{ñ}()")]
    [TestCase("<a xmlns:xmlfoo='n'><xmlfoo:b/></a>", "a{jabber:client}(xmlfoo:b{n}())")]
    public void Names_are_resolved(string stanza, string expected) => Assert.That(Tree.Of(Feed.Stanza(stanza)), Is.EqualTo(expected));

    [Test]
    public void A_header_s_declarations_hold_for_every_stanza_and_a_stanza_s_for_itself()
    {
        var items = Feed.All("<s xmlns='c' xmlns:p='n'><p:a/><a xmlns:p='m'><p:b/></a><p:a/><q:a xmlns:q='o'/><q:a/>");

        Assert.That(items.Skip(1), Is.EqualTo(new[] { "Element p:a{n}()", "Element a{c}(p:b{m}())", "Element p:a{n}()", "Element q:a{o}()", "NotWellFormed" }));
    }

    [Test]
    public void A_reset_forgets_the_header_s_declarations()
    {
        var reader = Feed.Opened();
        reader.Reset();

        Assert.That(Feed.All(reader, Feed.Bytes("<s><stream:a/>")), Is.EqualTo(new[] { "StreamOpen s{}()", "NotWellFormed" }));
    }

    [Test]
    public void Well_known_and_repeated_names_are_one_string()
    {
        var one = Feed.Stanza("<message type='chat'><unheard-of xmlns='urn:unheard:of'/></message>");
        var other = Feed.Stanza("<message type='chat'><unheard-of xmlns='urn:unheard:of'/></message>");

        Assert.That(one.Name, Is.SameAs("message"));
        Assert.That(one.Namespace, Is.SameAs(XmlNs.Client));
        Assert.That(one.Attributes[0].Name, Is.SameAs("type"));
        Assert.That(one.Attributes[0].Value, Is.SameAs("chat"));
        Assert.That(one.FirstElement()!.Name, Is.SameAs(other.FirstElement()!.Name));
        Assert.That(one.FirstElement()!.Namespace, Is.SameAs(other.FirstElement()!.Namespace));
    }

    [Test]
    public void Names_that_share_a_slot_are_told_apart()
    {
        var names = Enumerable.Range(0, 500).Select(i => $"name-{i}-é{(i % 2 == 0 ? "" : "x")}").Concat(Enumerable.Range(0, 500).Select(i => $"n{i}")).ToList();
        var stanza = "<m>" + string.Concat(names.Select(n => $"<{n} xmlns='urn:{n}'></{n}>")) + "</m>";

        Assert.That(Feed.Stanza(stanza).Elements().Select(e => (e.Name, e.Namespace)), Is.EqualTo(names.Select(n => (n, "urn:" + n))));
    }

    [Test]
    public void A_namespace_with_a_reference_is_not_taken_for_one_that_looks_like_it()
    {
        var stanza = Feed.Stanza("<m><a xmlns='u&amp;amp;'/><a xmlns='u&amp;'/><a xmlns='u&#38;amp;'/><a xmlns='v w'/><a xmlns='v\tw'/></m>");

        Assert.That(stanza.Elements().Select(e => e.Namespace), Is.EqualTo(new[] { "u&amp;", "u&", "u&amp;", "v w", "v w" }));

        // So many that some of the pairs share a slot of the cache.
        for (var i = 0; i < 1000; i++)
            Assert.That(Feed.Stanza($"<m><a xmlns='{i}&amp;amp;'/><a xmlns='{i}&amp;'/></m>").Elements().Select(e => e.Namespace), Is.EqualTo(new[] { $"{i}&amp;", $"{i}&" }));
    }
}
