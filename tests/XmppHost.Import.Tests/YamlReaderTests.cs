using FsCheck;
using FsCheck.Fluent;
using XmppHost.Import.Sources;
using XmppHost.Import.Yaml;

namespace XmppHost.Import.Tests;

public sealed class YamlReaderTests
{
    [TestCase("x: a b", "'a b'")]
    [TestCase("x: '1'", "'1'")]
    [TestCase("x: 104857600", "104857600")]
    [TestCase("x: 1.5", "1.5")]
    [TestCase("x: true", "true")]
    [TestCase("x: \"true\"", "'true'")]
    [TestCase("x:", "nil")]
    [TestCase("x: {}", "{}")]
    [TestCase("x:\n  - a\n  - b: 1", "{'a', {b=1}}")]
    [TestCase("x: [a, 2]", "{'a', 2}")]
    [TestCase("x: https://@HOST@:5443/upload", "'https://@HOST@:5443/upload'")]
    [TestCase("y: &y { a: 1, b: 2 }\nx: { <<: *y, b: 3 }", "{b=3, a=1}")]
    [TestCase("y: &y [1]\nx: *y", "{1}")]
    public void Value_is_read(string text, string expected) => Assert.That(Show.Value(YamlReader.Read(text, "e.yml").Named["x"]), Is.EqualTo(expected));

    [Test]
    public void Lines_are_counted() => Assert.That(Show.Options(YamlReader.Read("# one\na: 1\nb:\n  c: 2\nd: 3", "e.yml").Named), Is.EqualTo("a@2=1; b@3={c=2}; d@5=3"));

    [TestCase("define_macro:\n  'SIZE': 100\n  SECRET: s3\nx: SIZE\ny: 'SECRET'\nz: a@SECRET@b", "x=100; y='s3'; z='as3b'")]
    [TestCase("define_macro:\n  - A: B\n  - B: 1\nx: [A]", "x={1}")]
    [TestCase("define_keyword:\n  DOMAIN: example.org\nx: upload.@DOMAIN@\ny: upload.@HOST@", "x='upload.example.org'; y='upload.@HOST@'")]
    public void Macros_are_put_in(string text, string expected) => Assert.That(
        string.Join("; ", YamlMacros.Apply(YamlReader.Read(text, "e.yml")).Named.All.Select(o => $"{o.Key}={Show.Value(o.Value)}")), Is.EqualTo(expected));

    [Test]
    public void Macros_that_lead_to_each_other_are_refused() => Assert.That(
        () => YamlMacros.Apply(YamlReader.Read("define_macro:\n  A: B\n  B: A\nx: A", "e.yml")), Throws.TypeOf<SourceException>().With.Message.EqualTo("e.yml:3: macros that lead to each other"));

    [TestCase("a: [1", 2)]
    [TestCase("a: 1\n b: 2", 2)]
    [TestCase("a:\n\t- b", 1)]
    [TestCase("a: *b", 1)]
    [TestCase("a: 1\na: 2", 2)]
    [TestCase("- a", 1)]
    [TestCase("VirtualHost \"example.org\"", 1)]
    public void What_is_not_a_config_is_refused_with_its_line(string text, int line) =>
        Assert.That(() => YamlReader.Read(text, "e.yml"), Throws.TypeOf<SourceException>().With.Message.StartsWith($"e.yml:{line}: "));

    [Test]
    public void Document_that_contains_itself_or_unfolds_without_end_is_no_trouble()
    {
        Assert.That(() => YamlReader.Read("a: &a [*a]", "e.yml"), Throws.TypeOf<SourceException>());
        var bomb = string.Join("\n", Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]").Prepend("a0: &a0 x"));
        Assert.That(YamlReader.Read(bomb, "e.yml").Named.Count, Is.EqualTo(31));
    }

    [Test]
    public void No_text_makes_it_throw_anything_but_its_own_error() => Prop.ForAll(
        Texts.Of("a: 1", "\n", "  ", "- ", ": ", "&a ", "*a", "<<: ", "{", "}", "[", "]", "'", "\"", "|", ">", "!!str ", "---\n", "...", "#", "? ", "\t", "%YAML 1.1\n", "b"),
        text => Texts.EndsOrRefuses(() => YamlMacros.Apply(YamlReader.Read(text, "e.yml")))).QuickCheckThrowOnFailure();
}
