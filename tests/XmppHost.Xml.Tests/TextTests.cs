namespace XmppHost.Xml.Tests;

internal sealed class TextTests
{
    [TestCase("x", "x")]
    [TestCase("&lt;&gt;&amp;&quot;&apos;", "<>&\"'")]
    [TestCase("&#65;&#x42;&#x63;&#0000100;", "ABcd")]
    [TestCase("&#x1F600;&#128512;\U0001F600", "\U0001F600\U0001F600\U0001F600")]
    [TestCase("&#x9;&#xA;&#xD;", "\t\n\r")]
    [TestCase("a\r\nb\rc\nd\r\r\ne", "a\nb\nc\nd\n\ne")]
    [TestCase("]] ]&gt; ]]&gt;", "]] ]> ]]>")]
    [TestCase("a<![CDATA[<&amp;>]]>b", "a<&amp;>b")]
    [TestCase("<![CDATA[]]>", "")]
    [TestCase("<![CDATA[]]]]><![CDATA[>]]>", "]]>")]
    [TestCase("<![CDATA[\r\n]]>", "\n")]
    [TestCase("<![CDATA[]]]>", "]")]
    [TestCase("<![CDATA[]>]>]]>", "]>]>")]
    [TestCase("\u007F\u0085\u2028\uFFFD", "\u007F\u0085\u2028\uFFFD")]
    [TestCase("，！\uFB01", "，！\uFB01")]
    [TestCase("&amp;lt;", "&lt;")]
    public void Text_is_read(string raw, string expected)
    {
        var body = Feed.Stanza($"<body>{raw}</body>");

        Assert.That(body.Text, Is.EqualTo(expected));
        Assert.That(body.Nodes.Length, Is.EqualTo(expected.Length == 0 ? 0 : 1), "text and CDATA side by side are one node");
    }

    // XML 1.0 section 3.3.3
    [TestCase("x", "x")]
    [TestCase("", "")]
    [TestCase("a\tb\nc\r\nd\re", "a b c d e")]
    [TestCase("a&#x9;b&#xA;c&#xD;&#xA;d", "a\tb\nc\r\nd")]
    [TestCase("  a  ", "  a  ")]
    [TestCase("&lt;&apos;&quot;>]]>", "<'\">]]>")]
    [TestCase("é€\U0001F600", "é€\U0001F600")]
    public void A_value_is_normalised(string raw, string expected)
    {
        Assert.That(Feed.Stanza($"<a b='{raw}'/>").Attribute("b"), Is.EqualTo(expected));
        Assert.That(Feed.Stanza($"<a\r\n\tb =\n\"{raw}\"\t/>").Attribute("b"), Is.EqualTo(expected));
    }

    [Test]
    public void Text_around_elements_keeps_its_place() =>
        Assert.That(Tree.Of(Feed.Stanza("<a> x<b/>y<![CDATA[z]]>&amp;<c>1</c><d/>\n</a>")), Is.EqualTo("a{jabber:client}(\" x\"b{jabber:client}()\"yz&\"c{jabber:client}(\"1\")d{jabber:client}()\"\\u000A\")"));

    [TestCase("<a/>", "")]
    [TestCase(" \n<a xmlns='n'><b/></a> ", "n")]
    [TestCase("<p:a xmlns:p='n'/>", "n")]
    public void One_element_is_parsed(string xml, string ns) => Assert.That(XmppStreamReader.Parse(xml).Namespace, Is.EqualTo(ns));

    [Test]
    public void A_parsed_element_inherits_the_given_namespace() => Assert.That(Tree.Of(XmppStreamReader.Parse("<a><b/></a>", "n")), Is.EqualTo("a{n}(b{n}())"));

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("x")]
    [TestCase("<a>")]
    [TestCase("<a/><b/>")]
    [TestCase("<a/>x")]
    [TestCase("x<a/>")]
    [TestCase("</a>")]
    [TestCase("</>")]
    [TestCase("<a/><!-- -->")]
    [TestCase("<?xml version='1.0'?><a/>")]
    public void What_is_not_one_element_is_not_parsed(string xml) => Assert.That(() => XmppStreamReader.Parse(xml), Throws.InstanceOf<FormatException>());

    [Test]
    public void A_string_with_half_a_character_is_not_parsed() => Assert.That(() => XmppStreamReader.Parse("<a>\uD800</a>"), Throws.InstanceOf<FormatException>());

    [Test]
    public void A_frame_that_is_not_trusted_is_parsed_within_limits()
    {
        var limits = new XmlLimits(MaxStanzaBytes: 20);

        Assert.That(XmppStreamReader.TryParse("<a>x</a>"u8, limits, out var element), Is.EqualTo(XmppReadError.None));
        Assert.That(element!.Text, Is.EqualTo("x"));
        Assert.That(XmppStreamReader.TryParse("<a>xxxxxxxxxxxxxxxxxxxxxxxxxxx</a>"u8, limits, out element), Is.EqualTo(XmppReadError.TooBig));
        Assert.That(element, Is.Null);
        Assert.That(XmppStreamReader.TryParse("<a/><a/>"u8, limits, out element), Is.EqualTo(XmppReadError.NotWellFormed));
        Assert.That(element, Is.Null);
    }
}
