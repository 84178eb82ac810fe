using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace XmppHost.Xml.Tests;

internal sealed class RoundTripTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(60);

    [Test]
    public void What_the_writer_writes_the_reader_reads_back() =>
        Check.One(Many, Prop.ForAll(Trees.Arbitrary, tree => Tree.Of(XmppStreamReader.Parse(tree.ToString())) == Tree.Of(tree)));

    [Test]
    public void What_the_writer_writes_XmlReader_reads_the_same() =>
        Check.One(Many, Prop.ForAll(Trees.Arbitrary, tree => Oracle.Read(Utf8XmlWriter.ToBytes(tree)) == Tree.Of(tree)));

    [Test]
    public void A_stanza_that_is_read_and_written_in_a_stream_stays_the_same() =>
        Check.One(Many, Prop.ForAll(Trees.Arbitrary, tree =>
        {
            var bytes = Utf8XmlWriter.ToBytes(tree, XmlNs.Client);
            var stanza = Feed.Stanza(Encoding.UTF8.GetString(bytes));
            return Tree.Of(stanza) == Tree.Of(tree) && Utf8XmlWriter.ToBytes(stanza, XmlNs.Client).AsSpan().SequenceEqual(bytes);
        }));

    [Test]
    public void Any_characters_at_all_leave_as_XML_and_all_that_it_can_carry_arrives() =>
        Check.One(Many, Prop.ForAll(Trees.AnyText, Trees.AnyText, (text, value) =>
        {
            var bytes = Utf8XmlWriter.ToBytes(new XmppElement("a").With("b", value).Add(text));
            var expected = Tree.Of(new XmppElement("a").With("b", Clean(value)).Add(Clean(text)));
            return Tree.Of(XmppStreamReader.Parse(bytes)) == expected && Oracle.Read(bytes) == expected;
        }));

    private static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            clean.Append(XmlChars.IsChar(rune.Value) ? rune.ToString() : "\uFFFD");
        return clean.ToString();
    }
}
