using FsCheck;
using FsCheck.Fluent;
using XmppHost.Import.Sources;
using XmppHost.Import.Toml;

namespace XmppHost.Import.Tests;

public sealed class TomlReaderTests
{
    [TestCase("x = \"a\\tb\\u00e8\\U0001F600\\\\\"", "'a\tbè\U0001F600\\'")]
    [TestCase("x = 'a\\b'", "'a\\b'")]
    [TestCase("x = \"\"\"\na \\\n   b\n\"\"c\"\"\"\"\"", "'a b\n\"\"c\"\"'")]
    [TestCase("x = '''\na\\\n'b'''", "'a\\\n'b'")]
    [TestCase("x = 1_000_000", "1000000")]
    [TestCase("x = -17", "-17")]
    [TestCase("x = +1.5e3", "1500")]
    [TestCase("x = 0xff", "255")]
    [TestCase("x = 0o17", "15")]
    [TestCase("x = 0b101", "5")]
    [TestCase("x = true # yes", "true")]
    [TestCase("x = [ 1, 2, # two\n 3, ]", "{1, 2, 3}")]
    [TestCase("x = [ [ 'a' ], [] ]", "{{'a'}, {}}")]
    [TestCase("x = { a = 1, b.c = 'd' }", "{a=1, b={c='d'}}")]
    [TestCase("x = [{ a = 1 }, {}]", "{{a=1}, {}}")]
    [TestCase("x = 1979-05-27T07:32:00Z", "'1979-05-27T07:32:00Z'")]
    [TestCase("x = inf", "'inf'")]
    [TestCase("x.y = 1\nx.z = 2", "{y=1, z=2}")]
    [TestCase("\"x\" = 1", "1")]
    [TestCase("[x]\na = 1\n[x.b]\nc = 2", "{a=1, b={c=2}}")]
    [TestCase("[x.b]\nc = 2\n[x]\na = 1", "{b={c=2}, a=1}")]
    [TestCase("[[x]]\na = 1\n[x.b]\nc = 2\n[[x]]\na = 3", "{{a=1, b={c=2}}, {a=3}}")]
    [TestCase("[a.x]\n[x]\n  [ x . 'y z' ]\r\nb = 1\r\n", "{y z={b=1}}")]
    public void Value_is_read(string text, string expected) => Assert.That(Show.Value(TomlReader.Read(text, "c.toml").Named["x"]), Is.EqualTo(expected));

    [Test]
    public void Lines_are_counted() => Assert.That(
        Show.Options(TomlReader.Read("# one\n\na = 1\nb = \"\"\"\nx\n\"\"\"\nc = [\n1,\n]\nd = 4", "c.toml").Named),
        Is.EqualTo("a@3=1; b@4='x\n'; c@7={1}; d@10=4"));

    [TestCase("a = ", "c.toml:1: the end of the file where a value is expected")]
    [TestCase("a = x", "c.toml:1: a value that is neither a string in quotes, a number, true nor false")]
    [TestCase("\na = \"x", "c.toml:2: a string begins here and never ends")]
    [TestCase("\na = '''x\n\n", "c.toml:2: a string begins here and never ends")]
    [TestCase("a = \"\\q\"", "c.toml:1: a string has an escape that TOML does not know")]
    [TestCase("a = 1 b = 2", "c.toml:1: 'b' where the line should end")]
    [TestCase("a = 1\na = 2", "c.toml:2: 'a' is written a second time")]
    [TestCase("[a]\n[a]", "c.toml:2: the table 'a' is written a second time")]
    [TestCase("a = 1\n[a.b]", "c.toml:2: 'a' is not a table that can be added to")]
    [TestCase("a = {}\n[a.b]", "c.toml:2: 'a' is not a table that can be added to")]
    [TestCase("[[a]]\n[a]", "c.toml:2: 'a' is an array of tables already: write [[a]]")]
    [TestCase("[a]\n[[a]]", "c.toml:2: 'a' is not an array of tables")]
    [TestCase("[a\nb = 1", "c.toml:1: the end of the line where ']' of the header is expected")]
    [TestCase("a = [1, 2", "c.toml:1: the end of the file where ']' of the array is expected")]
    [TestCase("a = { b = 1", "c.toml:1: the end of the file where '}' of the inline table is expected")]
    [TestCase("VirtualHost \"example.org\"", "c.toml:1: '\"' where '=' of the option is expected")]
    [TestCase("hosts:\n  - a", "c.toml:1: ':' where '=' of the option is expected")]
    public void What_is_not_toml_is_refused_with_its_line(string text, string expected) =>
        Assert.That(() => TomlReader.Read(text, "c.toml"), Throws.TypeOf<SourceException>().With.Message.EqualTo(expected));

    [TestCase("a = [")]
    [TestCase("a = {b=")]
    [TestCase("a.")]
    public void Deep_nesting_is_refused(string opening) => Assert.That(
        () => TomlReader.Read(opening[..^1] + string.Concat(Enumerable.Repeat(opening.Replace("a = ", "", StringComparison.Ordinal), 50_000)), "c.toml"),
        Throws.TypeOf<SourceException>());

    [Test]
    public void No_text_makes_it_throw_anything_but_its_own_error() => Prop.ForAll(
        Texts.Of("a = 1", "b", "=", "[", "]", "[[a]]", "[a.b]", "\n", ".", "{", "}", ",", "\"", "'", "\"\"\"", "'''", "\\", "\\u00", "\\U", "#", "0x", "1_0", "1e999", "true", "inf", "-", "\r", "1979-01-01", "a.b = [", "\\ \n"),
        text => Texts.EndsOrRefuses(() => TomlReader.Read(text, "c.toml"))).QuickCheckThrowOnFailure();
}
