using System.Text;

namespace XmppHost.Xml.Tests;

internal sealed class ErrorTests
{
    [TestCase("<a></b>")]
    [TestCase("<a><b></a>")]
    [TestCase("<a></ a>")]
    [TestCase("<a></a b='c'>")]
    [TestCase("<a></A>")]
    [TestCase("<p:a xmlns:p='n'></a>")]
    [TestCase("<a xmlns:p='n'></p:a>")]
    [TestCase("<p:a xmlns:p='n' xmlns:q='n'></q:a>")]
    [TestCase("< a/>")]
    [TestCase("<1a/>")]
    [TestCase("<-a/>")]
    [TestCase("<a,b/>")]
    [TestCase("<a/ >")]
    [TestCase("<a b/>")]
    [TestCase("<a b=c/>")]
    [TestCase("<a b='c'd='e'/>")]
    [TestCase("<a b='c' b='d'/>")]
    [TestCase("<a xmlns='m' xmlns='n'/>")]
    [TestCase("<a xmlns:p='m' xmlns:p='n'/>")]
    [TestCase("<a xmlns:p='n' xmlns:q='n' p:x='' q:x=''/>")]
    [TestCase("<a b='<'/>")]
    [TestCase("<a <b/>")]
    [TestCase("<a><b</a>")]
    [TestCase("<a></a<b>")]
    [TestCase("<p:a/>")]
    [TestCase("<a p:b='c'/>")]
    [TestCase("<a><b xmlns:p='n'/><p:c/></a>")]
    [TestCase("<:a/>")]
    [TestCase("<a:/>")]
    [TestCase("<a:b:c xmlns:a='n'/>")]
    [TestCase("<a :b=''/>")]
    [TestCase("<a xmlns:='n'/>")]
    [TestCase("<a xmlns:p=''/>")]
    [TestCase("<a xmlns:xml='n'/>")]
    [TestCase("<a xmlns:xmlns='n'/>")]
    [TestCase("<xmlns:a/>")]
    [TestCase("<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>")]
    [TestCase("<a xmlns:p='http://www.w3.org/2000/xmlns/'/>")]
    [TestCase("<a xmlns='http://www.w3.org/XML/1998/namespace'/>")]
    [TestCase("<a xmlns='http://www.w3.org/2000/xmlns/'/>")]
    [TestCase("<a>]]></a>")]
    [TestCase("<a>&</a>")]
    [TestCase("<a>& </a>")]
    [TestCase("<a>&lt</a>")]
    [TestCase("<a>&;</a>")]
    [TestCase("<a>&1;</a>")]
    [TestCase("<a>&#;</a>")]
    [TestCase("<a>&#x;</a>")]
    [TestCase("<a>&#1a;</a>")]
    [TestCase("<a>&#xg;</a>")]
    [TestCase("<a>&#X41;</a>")]
    [TestCase("<a>&#-1;</a>")]
    [TestCase("<a>&#0;</a>")]
    [TestCase("<a>&#8;</a>")]
    [TestCase("<a>&#xD800;</a>")]
    [TestCase("<a>&#xFFFE;</a>")]
    [TestCase("<a>&#x110000;</a>")]
    [TestCase("<a>&#4294967361;</a>")]
    [TestCase("<a b='&#0;'/>")]
    [TestCase("<a>\u0001</a>")]
    [TestCase("<a>\0</a>")]
    [TestCase("<a>\uFFFE</a>")]
    [TestCase("<a>\uFFFF</a>")]
    [TestCase("<a b='\uFFFF'/>")]
    [TestCase("<a b='\u001F'/>")]
    [TestCase("<a><![CDATA[\u0002]]></a>")]
    [TestCase("<a><![CDATA[\uFFFE]]></a>")]
    [TestCase("<a><![cdata[]]></a>")]
    [TestCase("<a><![INCLUDE[]]></a>")]
    [TestCase("<a\u00D7/>")]
    [TestCase("<\u0301a/>")]
    [TestCase("</b>")]
    [TestCase("</stream>")]
    [TestCase("</stream:other>")]
    public void What_is_not_well_formed_is_refused(string stanza) => Assert.That(Feed.StanzaError(stanza), Is.EqualTo(XmppReadError.NotWellFormed));

    [TestCase("text", (byte)0x80)]
    [TestCase("text", (byte)0xC3)]
    [TestCase("text", (byte)0xC0, (byte)0x80)]
    [TestCase("text", (byte)0xED, (byte)0xA0, (byte)0x80)]
    [TestCase("text", (byte)0xF4, (byte)0x90, (byte)0x80, (byte)0x80)]
    [TestCase("text", (byte)0xF8, (byte)0x88, (byte)0x80, (byte)0x80, (byte)0x80)]
    [TestCase("text", (byte)0xE2, (byte)0x82)]
    [TestCase("text", (byte)0xFF)]
    [TestCase("value", (byte)0xFF)]
    [TestCase("value", (byte)0xE2, (byte)0x82)]
    [TestCase("cdata", (byte)0xFF)]
    [TestCase("name", (byte)0xFF)]
    [TestCase("name", (byte)0xED, (byte)0xA0, (byte)0x80)]
    [TestCase("namespace", (byte)0xFF)]
    public void Bytes_that_are_not_UTF_8_are_refused(string place, params byte[] bad)
    {
        var (before, after) = place switch
        {
            "text" => ("<a>x", "y&amp;</a>"),
            "value" => ("<a b='x", "y'/>"),
            "cdata" => ("<a><![CDATA[x", "y]]></a>"),
            "namespace" => ("<a xmlns='x", "y'/>"),
            _ => ("<a", "/>"),
        };

        Assert.That(Feed.StanzaError([.. Encoding.ASCII.GetBytes(before), .. bad, .. Encoding.ASCII.GetBytes(after)]), Is.EqualTo(XmppReadError.NotWellFormed));
    }

    [TestCase("<a>&#xD83D;&#xDE00;</a>")]
    [TestCase("<a><b>\u00E9</b></\u00E9>")]
    public void Halves_and_lookalikes_do_not_pass(string stanza) => Assert.That(Feed.StanzaError(stanza), Is.EqualTo(XmppReadError.NotWellFormed));

    [Test]
    public void An_end_tag_that_is_not_UTF_8_does_not_match_a_replacement_character() =>
        Assert.That(Feed.StanzaError([.. "<\uFFFD></"u8, 0xFF, .. ">"u8]), Is.EqualTo(XmppReadError.NotWellFormed));

    // RFC 6120 section 11.1
    [TestCase("<!-- -->")]
    [TestCase("<a><!-- --></a>")]
    [TestCase("<a><!-")]
    [TestCase("<!DOCTYPE a>")]
    [TestCase("<a><!DOCTYPE a></a>")]
    [TestCase("<!ENTITY a 'b'>")]
    [TestCase("<?php x?>")]
    [TestCase("<a><?php x?></a>")]
    [TestCase("<?xml version='1.0'?>")]
    [TestCase("<a>&nbsp;</a>")]
    [TestCase("<a b='&nbsp;'/>")]
    [TestCase("<a xmlns='&nbsp;'/>")]
    [TestCase("<a>&amp;&lol9;</a>")]
    public void What_XMPP_forbids_of_XML_is_refused(string stanza) => Assert.That(Feed.StanzaError(stanza), Is.EqualTo(XmppReadError.RestrictedXml));

    [TestCase("x")]
    [TestCase(" \n.")]
    [TestCase("&amp;")]
    [TestCase("<![CDATA[ ]]>")]
    [TestCase("<iq/>x")]
    [TestCase("\uFEFF<iq/>")]
    public void Text_between_stanzas_is_refused_at_once(string text) => Assert.That(Feed.StanzaError(text), Is.EqualTo(XmppReadError.BadFormat));

    [TestCase("<!DOCTYPE s>", XmppReadError.RestrictedXml)]
    [TestCase("<?xml version='1.0'?><!DOCTYPE s>", XmppReadError.RestrictedXml)]
    [TestCase("<!-- --><s>", XmppReadError.RestrictedXml)]
    [TestCase("<?xml-stylesheet href=''?>", XmppReadError.RestrictedXml)]
    [TestCase("<?xml version='1.0'?><?xml version='1.0'?>", XmppReadError.RestrictedXml)]
    [TestCase("<?xml version='1.0' encoding='ISO-8859-1'?>", XmppReadError.UnsupportedEncoding)]
    [TestCase("<?xml version='1.0' encoding='utf-16' standalone='yes'?>", XmppReadError.UnsupportedEncoding)]
    [TestCase("<?xml version='1.0' encoding=''?>", XmppReadError.NotWellFormed)]
    [TestCase("<?xml version='1.0' encoding='8'?>", XmppReadError.NotWellFormed)]
    [TestCase("<?xml version='1.0' encoding='utf-8' encoding='utf-8'?>", XmppReadError.NotWellFormed)]
    [TestCase("<?xml version='1.0' standalone='maybe'?>", XmppReadError.NotWellFormed)]
    [TestCase("<?xml version='1.0' standalone='yes' encoding='utf-8'?>", XmppReadError.NotWellFormed)]
    [TestCase("<?xml encoding='utf-8'?>", XmppReadError.NotWellFormed)]
    [TestCase("<?xml version='2.0'?>", XmppReadError.NotWellFormed)]
    [TestCase("<?xml version='1.'?>", XmppReadError.NotWellFormed)]
    [TestCase("<?xml version='1.0'encoding='utf-8'?>", XmppReadError.NotWellFormed)]
    [TestCase("<?xml ?>", XmppReadError.NotWellFormed)]
    [TestCase("<?xml version='1.0'>", XmppReadError.NotWellFormed)]
    [TestCase("<?xml version='1.0'?>junk<s>", XmppReadError.NotWellFormed)]
    [TestCase("GET / HTTP/1.1", XmppReadError.NotWellFormed)]
    [TestCase("\uFEFF<s>", XmppReadError.NotWellFormed)]
    [TestCase("</s>", XmppReadError.NotWellFormed)]
    [TestCase("<![CDATA[x]]>", XmppReadError.NotWellFormed)]
    [TestCase("<s:s>", XmppReadError.NotWellFormed)]
    public void A_bad_beginning_is_refused(string beginning, XmppReadError expected) => Assert.That(Feed.ErrorOf(beginning), Is.EqualTo(expected));

    [TestCase("<?xml version='1.0'?><s>")]
    [TestCase("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone='no' ?> \n<s>")]
    [TestCase("<?xml\tversion = '1.0'\nencoding='utf-8'?><s>")]
    [TestCase("<?xml version='1.1' standalone='yes'?><s>")]
    [TestCase("\r\n<s >")]
    public void A_good_beginning_is_read(string beginning) => Assert.That(Feed.All(beginning), Is.EqualTo(new[] { "StreamOpen s{}()" }));

    [Test]
    public void An_error_shows_before_the_stanza_is_complete()
    {
        Assert.That(Feed.StanzaError("<message><body>No closing tag!</message>"), Is.EqualTo(XmppReadError.NotWellFormed));
        Assert.That(Feed.StanzaError("<message><body a='<"), Is.EqualTo(XmppReadError.NotWellFormed));
        Assert.That(Feed.StanzaError("<message>&nbsp;<"), Is.EqualTo(XmppReadError.RestrictedXml));
        Assert.That(Feed.StanzaError("<message><p:body>"), Is.EqualTo(XmppReadError.NotWellFormed));
    }
}
