using XmppHost.Scripting;
using XmppHost.Xml;

namespace XmppHost.Integration.Tests.Scripting;

[TestFixture]
public sealed class StanzaPatternTests
{
    private const string Roster =
        "<iq type='result' id='r1' to='romeo@example.net'><query xmlns='jabber:iq:roster' ver='7'>" +
        "<item jid='nurse@example.net' name='Nurse' subscription='both'><group>Servants</group></item>" +
        "<item jid='juliet@example.net' subscription='to'/></query></iq>";

    [TestCase("<iq/>")]
    [TestCase("<iq type='result'/>")]
    [TestCase("<iq><query xmlns='jabber:iq:roster'/></iq>")]
    [TestCase("<iq>\n  <query xmlns='jabber:iq:roster'>\n    <item jid='juliet@example.net'/>\n  </query>\n</iq>")]
    [TestCase("<iq><query xmlns='jabber:iq:roster'><item jid='juliet@example.net'/><item jid='nurse@example.net'/></query></iq>", Description = "the order of children does not matter")]
    [TestCase("<iq><query xmlns='jabber:iq:roster'><item/><item/></query></iq>")]
    [TestCase("<iq><query xmlns='jabber:iq:roster'><item jid='${any}'/><item jid='nurse@example.net'/></query></iq>", Description = "needs a second try: the first item fits both")]
    public void A_subset_matches(string pattern) => Assert.That(Explain(pattern, Roster), Is.Null);

    [TestCase("<iq type='set'/>", "iq/@type: expected 'set', received 'result'")]
    [TestCase("<iq from='x'/>", "iq/@from: expected 'x', received no such attribute")]
    [TestCase("<message/>", "message: expected <message xmlns='jabber:client'/>, received <iq xmlns='jabber:client'/>")]
    [TestCase("<iq><query/></iq>", "iq/query: <query xmlns='jabber:client'/> is missing")]
    [TestCase("<iq><query xmlns='jabber:iq:roster'><item/><item/><item/></query></iq>", "iq/query/item: <item xmlns='jabber:iq:roster'/> is missing")]
    [TestCase("<iq><query xmlns='jabber:iq:roster'><item jid='nurse@example.net' subscription='from'/></query></iq>", "iq/query/item[1]/@subscription: expected 'from', received 'both'")]
    [TestCase("<iq><query xmlns='jabber:iq:roster'><item jid='nurse@example.net'><group>Friends</group></item></query></iq>", "iq/query/item[1]/group/text: expected 'Friends', received 'Servants'")]
    public void A_difference_is_named_with_its_path(string pattern, string firstLine) =>
        Assert.That(Explain(pattern, Roster), Does.StartWith(firstLine + Environment.NewLine));

    [Test]
    public void Exactly_refuses_what_is_not_written()
    {
        Assert.That(StanzaPattern.Parse(Roster, exactly: true).Explain(Element(Roster)), Is.Null);
        Assert.That(Exactly("<a x='1'/>", "<a x='1' y='2'/>"), Does.StartWith("a/@y: '2' was not expected"));
        Assert.That(Exactly("<a/>", "<a>text</a>"), Does.StartWith("a/text: 'text' was not expected"));
        Assert.That(Exactly("<a><b/></a>", "<a><b/><c/></a>"), Does.StartWith("a/c: <c xmlns='jabber:client'/> was not expected"));
        Assert.That(Exactly("<a><b/><c/></a>", "<a><c/><b/></a>"), Does.StartWith("a/c: <c xmlns='jabber:client'/> is not at this place"));
        Assert.That(Exactly("<a>${any order}<b/><c/></a>", "<a><c/><b/></a>"), Is.Null);
        Assert.That(Exactly("<a>${more}<b/></a>", "<a><c/><b/></a>"), Is.Null);
    }

    [Test]
    public void Exactly_can_be_said_of_one_element_only()
    {
        Assert.That(Explain("<a><b>${exactly}</b></a>", "<a x='1'><b/><c/></a>"), Is.Null);
        Assert.That(Explain("<a><b>${exactly}</b></a>", "<a><b><c/></b></a>"), Does.StartWith("a/b/c: "));
        Assert.That(Explain("<a>${in order}<b/><c/></a>", "<a><c/><x/><b/></a>"), Does.StartWith("a/c: "));
    }

    [Test]
    public void Absent_forbids_what_matches_it_and_nothing_else()
    {
        const string features = "<query><feature var='a'/><feature var='b'/></query>";
        Assert.That(Explain("<query><feature var='a'/><feature var='c'>${absent}</feature></query>", features), Is.Null);
        Assert.That(Explain("<query><feature var='b'>${absent}</feature></query>", features), Does.StartWith("query/feature[2]: <feature xmlns='jabber:client'/> must be absent"));
        Assert.That(Explain("<query><feature>${absent}</feature></query>", features), Does.StartWith("query/feature[1]"));
        Assert.That(Explain("<query node='${absent}'/>", features), Is.Null);
        Assert.That(Explain("<query node='${absent}'/>", "<query node='x'/>"), Does.StartWith("query/@node: must be absent, received 'x'"));
    }

    [Test]
    public void Optional_may_be_missing_and_must_match_where_it_is()
    {
        const string pattern = "<a><b x='1'>${optional}</b></a>";
        Assert.That(Exactly(pattern, "<a/>"), Is.Null);
        Assert.That(Exactly(pattern, "<a><b x='1'/></a>"), Is.Null);
        Assert.That(Explain(pattern, "<a><b x='2'/></a>"), Does.StartWith("a/b/@x: expected '1', received '2'"));
        Assert.That(Explain("<a x='${optional}${/1|2/}'/>", "<a/>"), Is.Null);
        Assert.That(Explain("<a x='${optional}${/1|2/}'/>", "<a x='3'/>"), Is.Not.Null);
    }

    [TestCase("${any}", "", true)]
    [TestCase("${some}", "", false)]
    [TestCase("${some}", "x", true)]
    [TestCase("${number}", "-12.5", true)]
    [TestCase("${number}", "12a", false)]
    [TestCase("${1..10}", "10", true)]
    [TestCase("${1..10}", "11", false)]
    [TestCase("${..0}", "-3", true)]
    [TestCase("${5..}", "4", false)]
    [TestCase("${uuid}", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6", true)]
    [TestCase("${uuid}", "f81d4fae7dec11d0a76500a0c91e6bf6", false)]
    [TestCase("${datetime}", "2024-02-29T23:59:59.123Z", true)]
    [TestCase("${datetime}", "2024-02-29 23:59", false)]
    [TestCase("${/[a-f]{2}x?/}", "ab", true)]
    [TestCase("${/[a-f]{2}x?/}", "AB", false)]
    [TestCase("${/[a-f]{2}x?/i}", "AB", true)]
    [TestCase("${/[a-f]{2}/}", "abc", false, Description = "the whole of the text is matched")]
    [TestCase(@"${/https?:\/\/.+/}", "https://example.net/x", true)]
    [TestCase("nurse@${any}/${1..9}", "nurse@example.net/4", true)]
    [TestCase("nurse@${any}/${1..9}", "nurse@example.net/44", false)]
    [TestCase("$${any}", "${any}", true)]
    [TestCase("a.c", "abc", false)]
    public void A_pattern_matches(string pattern, string text, bool matches) =>
        Assert.That(Explain($"<a x='{pattern}'/>", $"<a x='{text}'/>"), matches ? Is.Null : Is.Not.Null);

    [Test]
    public void Captures_are_kept_and_can_be_used_in_the_same_stanza()
    {
        var values = new Dictionary<string, string>();

        var difference = StanzaPattern.Parse("<a from='${from:=/.+@.+/}'><b id='${id:=1..}' to='${from}'/></a>").Explain(Element("<a from='x@y'><b id='7' to='x@y'/></a>"), values);

        Assert.That(difference, Is.Null);
        Assert.That(values, Is.EquivalentTo(new Dictionary<string, string> { ["from"] = "x@y", ["id"] = "7" }));
        Assert.That(StanzaPattern.Parse("<a id='${id}'/>").Explain(Element("<a id='8'/>"), values), Does.StartWith("a/@id: expected '${id}' which is '7', received '8'"));
    }

    [Test]
    public void A_match_that_fails_captures_nothing()
    {
        var values = new Dictionary<string, string>();

        var difference = StanzaPattern.Parse("<a><b id='${id:=any}' x='2'/></a>").Explain(Element("<a><b id='1' x='1'/><b id='3' x='3'/></a>"), values);

        Assert.That(difference, Is.Not.Null);
        Assert.That(values, Is.Empty);
    }

    [Test]
    public void A_capture_comes_from_the_child_that_was_taken_in_the_end()
    {
        var values = new Dictionary<string, string>();

        StanzaPattern.Parse("<a><b id='${id:=any}'/><b id='1'/></a>").Explain(Element("<a><b id='1'/><b id='2'/></a>"), values);

        Assert.That(values["id"], Is.EqualTo("2"));
    }

    [Test]
    public void White_space_counts_where_it_is_content()
    {
        Assert.That(Explain("<a>\n <b> x</b>\n</a>", "<a><b> x</b></a>"), Is.Null);
        Assert.That(Explain("<a><b>x</b></a>", "<a><b> x</b></a>"), Is.Not.Null);
    }

    [Test]
    public void Many_children_that_fit_many_patterns_end_in_an_answer()
    {
        var received = $"<a>{string.Concat(Enumerable.Range(0, 200).Select(i => $"<b n='{i}'/>"))}</a>";
        var pattern = $"<a>{string.Concat(Enumerable.Repeat("<b n='${any}'/>", 100))}<b n='missing'/></a>";

        Assert.That(Explain(pattern, received), Does.Contain("missing"));
    }

    [TestCase("<a x='${'/>")]
    [TestCase("<a x='${no such word}'/>")]
    [TestCase("<a x='${any:=any}'/>")]
    [TestCase("<a x='${id:=other}'/>")]
    [TestCase("<a x='${/(/}'/>")]
    [TestCase("<a x='${/x}'/>")]
    [TestCase("<a>")]
    public void A_pattern_that_cannot_be_read_is_refused(string pattern) =>
        Assert.That(() => StanzaPattern.Parse(pattern), Throws.InstanceOf<FormatException>());

    [Test]
    public void A_failure_shows_both_stanzas_with_the_difference_marked()
    {
        var text = Explain("<iq type='result'><query xmlns='jabber:iq:roster'><item jid='juliet@example.net' subscription='both'/></query></iq>", Roster);

        Assert.That(text!.ReplaceLineEndings("\n"), Is.EqualTo(
            """
            iq/query/item[2]/@subscription: expected 'both', received 'to'
            expected (at least this):
                <iq type='result'>
                  <query xmlns='jabber:iq:roster'>
              >     <item jid='juliet@example.net' subscription='both'/>
                  </query>
                </iq>
            received:
                <iq type='result' id='r1' to='romeo@example.net'>
                  <query xmlns='jabber:iq:roster' ver='7'>
                    <item jid='nurse@example.net' name='Nurse' subscription='both'>
                      <group>Servants</group>
                    </item>
              >     <item jid='juliet@example.net' subscription='to'/>
                  </query>
                </iq>
            """.ReplaceLineEndings("\n")));
    }

    private static string? Explain(string pattern, string received) => StanzaPattern.Parse(pattern).Explain(Element(received));

    private static string? Exactly(string pattern, string received) => StanzaPattern.Parse(pattern, exactly: true).Explain(Element(received));

    private static XmppElement Element(string xml) => XmppStreamReader.Parse(xml, XmlNs.Client);
}
