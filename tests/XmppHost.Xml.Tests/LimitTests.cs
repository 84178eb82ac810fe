using System.Buffers;
using System.Text;

namespace XmppHost.Xml.Tests;

internal sealed class LimitTests
{
    private static readonly XmlLimits Small = new(MaxStanzaBytes: 200, MaxDepth: 4, MaxAttributes: 5);

    [Test]
    public void A_stanza_of_exactly_the_limit_passes_and_one_byte_more_does_not([Values] bool byteByByte)
    {
        Assert.That(ErrorOf(Padded(200), byteByByte), Is.EqualTo(XmppReadError.None));
        Assert.That(ErrorOf(Padded(201), byteByByte), Is.EqualTo(XmppReadError.TooBig));
    }

    [Test]
    public void The_limit_is_each_stanza_s_own() =>
        Assert.That(Feed.StanzaError(string.Concat(Enumerable.Repeat(Padded(200) + " ", 50)), Small), Is.EqualTo(XmppReadError.None));

    [Test]
    public void White_space_between_stanzas_is_free() =>
        Assert.That(Feed.StanzaError(new string(' ', 5000) + Padded(200), Small), Is.EqualTo(XmppReadError.None));

    [TestCase("<a>")]
    [TestCase("<a b='")]
    [TestCase("<a")]
    [TestCase("<a><![CDATA[")]
    [TestCase("</stream:stream")]
    public void A_stanza_without_an_end_is_refused_when_it_is_over_the_limit(string beginning)
    {
        var reader = Feed.Opened(Small);
        Assert.That(Feed.All(reader, Feed.Bytes(beginning + new string('x', 200 - beginning.Length))), Is.Empty);
        Assert.That(Feed.All(reader, Feed.Bytes("x")), Is.EqualTo(new[] { "TooBig" }));
    }

    [TestCase("<s a='")]
    [TestCase("<?xml version='1.0'?><s a='")]
    [TestCase("<?xml version='1.0' ")]
    [TestCase("<?xml version='1.0'?> ")]
    public void The_header_has_the_same_limit(string beginning)
    {
        Assert.That(Feed.ErrorOf(beginning + new string(' ', 200 - beginning.Length), Small), Is.EqualTo(XmppReadError.None));
        Assert.That(Feed.ErrorOf(beginning + new string(' ', 201 - beginning.Length), Small), Is.EqualTo(XmppReadError.TooBig));
    }

    [Test]
    public void Depth_is_limited_with_the_stanza_as_level_one()
    {
        Assert.That(Feed.StanzaError("<a><a><a><a/></a></a></a><a/>", Small), Is.EqualTo(XmppReadError.None));
        Assert.That(Feed.StanzaError("<a><a><a><a><a", Small), Is.EqualTo(XmppReadError.None));
        Assert.That(Feed.StanzaError("<a><a><a><a><a>", Small), Is.EqualTo(XmppReadError.TooBig));
    }

    [Test]
    public void Attributes_are_limited_with_declarations_counted()
    {
        Assert.That(Feed.StanzaError("<a b='' c='' d='' xmlns='n' xmlns:p='m'/>", Small), Is.EqualTo(XmppReadError.None));
        Assert.That(Feed.StanzaError("<a b='' c='' d='' xmlns='n' xmlns:p='m' e=''/>", Small), Is.EqualTo(XmppReadError.TooBig));
        Assert.That(Feed.ErrorOf("<s b='' c='' d='' xmlns='n' xmlns:p='m' e=''>", Small), Is.EqualTo(XmppReadError.TooBig));
    }

    [Test]
    public void Prefixes_in_scope_are_limited_over_all_levels()
    {
        var five = string.Concat(Enumerable.Range(0, 5).Select(i => $" xmlns:p{i}='n'"));

        Assert.That(Feed.StanzaError($"<a{five}/><a{five}/>", Small), Is.EqualTo(XmppReadError.None));
        Assert.That(Feed.StanzaError($"<a{five}><b xmlns:q='n'/></a>", Small), Is.EqualTo(XmppReadError.TooBig));
    }

    [TestCase("<a b='", "x")]
    [TestCase("<a>", "x")]
    [TestCase("<a><![CDATA[", "]>")]
    [TestCase("<a>", "<b>")]
    [TestCase("<a ", "b='' ")]
    [TestCase("<a", "a")]
    public void What_is_refused_has_cost_no_more_than_the_limit(string beginning, string repeated)
    {
        var limits = new XmlLimits(MaxStanzaBytes: 10_000);
        var flood = Encoding.UTF8.GetBytes(beginning + string.Concat(Enumerable.Repeat(repeated, 2_000_000)));
        var reader = Feed.Opened(limits);
        var sequence = new ReadOnlySequence<byte>(flood);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = reader.TryRead(ref sequence, out _);
        var cost = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(result, Is.EqualTo(XmppReadResult.Error));
        Assert.That(cost, Is.LessThan(100_000));
        Assert.That(reader.Examined, Is.LessThan(20_000));
    }

    // What a byte may cost at most: an element of four bytes is an object of 56 and its place in its parent.
    [TestCase("<a/>", 32)]
    [TestCase("<b>?</b>", 32)]
    [TestCase("?<c/>", 32)]
    [TestCase("&#65;<c/>", 32)]
    [TestCase("<a b='' c='' d=''/>", 16)]
    [TestCase("<![CDATA[x]]>y", 16)]
    [TestCase("<é/>", 64)]
    [TestCase("plain text", 4)]
    public void A_stanza_within_the_limit_costs_a_bounded_multiple_of_its_bytes(string repeated, int factor)
    {
        var stanza = Encoding.UTF8.GetBytes("<m>" + string.Concat(Enumerable.Repeat(repeated, 200_000 / repeated.Length)) + "</m>");
        var reader = Feed.Opened(new XmlLimits(int.MaxValue));
        var sequence = new ReadOnlySequence<byte>(stanza);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = reader.TryRead(ref sequence, out _);
        var cost = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(result, Is.EqualTo(XmppReadResult.Element));
        Assert.That(cost, Is.LessThan((long)factor * stanza.Length));
    }

    [TestCase("text")]
    [TestCase("value")]
    [TestCase("cdata")]
    [TestCase("elements")]
    [TestCase("brackets")]
    [TestCase("spaces")]
    public void Bytes_that_come_one_at_a_time_are_looked_at_once(string kind)
    {
        var body = kind switch
        {
            "text" => "<body>" + new string('x', 100_000) + "</body>",
            "value" => "<body a='" + new string('x', 100_000) + "'/>",
            "cdata" => "<body><![CDATA[" + new string('x', 100_000) + "]]></body>",
            "brackets" => "<body><![CDATA[" + string.Concat(Enumerable.Repeat("]>", 50_000)) + "]]></body>",
            "spaces" => "<body" + new string(' ', 100_000) + "/>",
            _ => string.Concat(Enumerable.Repeat("<b><c/>x</b>", 8_000)),
        };
        var bytes = Encoding.UTF8.GetBytes($"<message>{body}</message>");
        var reader = Feed.Opened();
        var headerWork = reader.Examined;

        var results = new XmppReadResult[bytes.Length];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < bytes.Length; i++)
        {
            var sequence = new ReadOnlySequence<byte>(bytes, i, 1);
            results[i] = reader.TryRead(ref sequence, out _);
        }

        var cost = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(results[..^1], Is.All.EqualTo(XmppReadResult.NeedMore));
        Assert.That(results[^1], Is.EqualTo(XmppReadResult.Element));
        Assert.That(reader.Examined - headerWork, Is.LessThanOrEqualTo(bytes.Length));
        Assert.That(cost, Is.LessThan(32L * bytes.Length));
    }

    [Test]
    public void Nested_declarations_do_not_make_prefixes_slow_to_find()
    {
        // 64 levels of declarations, then thousands of prefixed names: bounded by the limit on prefixes in scope.
        var declarations = string.Concat(Enumerable.Range(0, 60).Select(i => $" xmlns:p{i}='n{i}'"));
        Assert.That(Feed.StanzaError($"<a{declarations}><b{declarations}>"), Is.EqualTo(XmppReadError.TooBig));
    }

    private static string Padded(int length) => "<message><body>" + new string('x', length - 32) + "</body></message>";

    private static XmppReadError ErrorOf(string stanza, bool byteByByte)
    {
        var reader = Feed.Opened(Small);
        var bytes = Encoding.UTF8.GetBytes(stanza);
        var items = Feed.All(reader, byteByByte ? bytes.Select(b => new ReadOnlySequence<byte>([b])) : [new ReadOnlySequence<byte>(bytes)]);
        Assert.That(items, Has.Count.EqualTo(1));
        return reader.Error;
    }
}
