using FsCheck;
using FsCheck.Fluent;
using XmppHost.Import.Lua;
using XmppHost.Import.Sources;

namespace XmppHost.Import.Tests;

public sealed class LuaReaderTests
{
    [TestCase("x = 'a'", "'a'")]
    [TestCase("x = \"a\\n\\65\\x42\\u{e8}\\z   c\\\"\"", "'a\nABèc\"'")]
    [TestCase("x = 'tr\u00e8s \U0001F600'", "'tr\u00e8s \U0001F600'")]
    [TestCase("x = [[\na\nb]]", "'a\nb'")]
    [TestCase("x = [==[a]]b]==]", "'a]]b'")]
    [TestCase("x = 100 * 1024 * 1024", "104857600")]
    [TestCase("x = 2^30 + 16", "1073741840")]
    [TestCase("x = (1 + 2) * 3 - 4 / 2", "7")]
    [TestCase("x = 7 // 2 + 7 % 4", "6")]
    [TestCase("x = 0x100 + 1e3", "1256")]
    [TestCase("x = - 5", "-5")]
    [TestCase("x = .5", "0.5")]
    [TestCase("x = true;", "true")]
    [TestCase("x = nil", "nil")]
    [TestCase("x = { 'a', 'b'; 'c', }", "{'a', 'b', 'c'}")]
    [TestCase("x = { a = 1; ['b c'] = { true } }", "{a=1, b c={true}}")]
    [TestCase("x = {}", "{}")]
    [TestCase("local d = 'example.org' x = 'https://' .. d .. '/' .. 5", "'https://example.org/5'")]
    [TestCase("x = ENV_UPLOAD_SECRET", "<Environment:UPLOAD_SECRET>")]
    [TestCase("x = os.getenv('SECRET')", "<Environment:SECRET>")]
    [TestCase("x = FileLine 'secret'", "<File:etc/secret>")]
    [TestCase("x = Credential(\"upload\")", "<Credential:upload>")]
    public void Value_is_read(string text, string expected) => Assert.That(Show.Value(Read(text).Global.Options["x"]), Is.EqualTo(expected));

    [Test]
    public void Comments_blanks_and_semicolons_are_skipped_and_lines_counted() => Assert.That(
        Show.Options(Read("#!/usr/bin/lua\n-- one\n--[[ two\nlines ]] a = 1;; --[==[ ]] ]==] b = 2\r\n--\n\nc = [[\n\n]] d = 'x\\\ny' e = 3").Global.Options),
        Is.EqualTo("a@4=1; b@4=2; c@7='\n'; d@9='x\ny'; e@10=3"));

    [Test]
    public void Options_belong_to_the_section_above_them()
    {
        var config = Read("""
            a = 1
            VirtualHost "one.example"
              b = 2
            Component "upload.one.example" "http_upload_external"
              c = 3
            Component "plain.example"
              component_secret = "x"
            Component("muc.one.example")("muc")
            VirtualHost "two.example" { d = 4; e = 5 }
            f = 6
            """);

        Assert.That(Show.Options(config.Global.Options), Is.EqualTo("a@1=1; f@10=6"));
        Assert.That(config.Hosts.Select(h => $"{h.Place.Line} {h.Name}: {Show.Options(h.Options)}"), Is.EqualTo(new[] { "2 one.example: b@3=2", "9 two.example: d@9=4; e@9=5" }));
        Assert.That(
            config.Components.Select(h => $"{h.Name} {h.Component}: {Show.Options(h.Options)}"),
            Is.EqualTo(new[] { "upload.one.example http_upload_external: c@5=3", "plain.example component: component_secret@7='x'", "muc.one.example muc: " }));
    }

    [Test]
    public void Option_that_is_set_twice_is_reported_and_the_last_one_counts()
    {
        var log = new ImportLog();
        var config = LuaReader.Read("a = 1\na = 2", "c.lua", log);

        Assert.That(Show.Value(config.Global.Options["a"]), Is.EqualTo("2"));
        Assert.That(log.Messages.Select(m => m.ToString()), Is.EqualTo(new[] { "c.lua:2: warning: a is set a second time, first in c.lua:1; the last one counts" }));
    }

    [TestCase("a = ", "c.lua:1: the end of the file where a value is expected")]
    [TestCase("a = 1\nb = { 'x'\n\nc = 3", "c.lua:4: 'c' where '}' of the table of line 2 is expected")]
    [TestCase("a = 'x", "c.lua:1: a string begins here and never ends")]
    [TestCase("\na = 'x\ny'", "c.lua:2: a string begins here and never ends")]
    [TestCase("\n\na = [[x", "c.lua:3: a long bracket is opened here and never closed")]
    [TestCase("a = '\\q'", "c.lua:1: a string has an escape that Lua does not know")]
    [TestCase("a = 12ab", "c.lua:1: '12ab' is not a number")]
    [TestCase("a = 'x' * 2", "c.lua:1: a text where a number is expected")]
    [TestCase("a = 1 / 0", "c.lua:1: a division by 0")]
    [TestCase("a = 2^60 * 2^60", "c.lua:1: the number is too large")]
    [TestCase("a = b", "c.lua:1: 'b' is neither a value nor a local variable; of Lua only values are read here")]
    [TestCase("a = os.getenv('X') or 'y'", "c.lua:1: 'or' is a program in Lua, which is not run here: write the value that results")]
    [TestCase("x = 1\nif x == 1 then\n y = 2 end", "c.lua:2: 'if' is a program in Lua, which is not run here: write the values that result")]
    [TestCase("print('x')", "c.lua:1: 'print' is followed by '(' where '=' is expected; of Lua only values, VirtualHost, Component and Include are read here")]
    [TestCase("RunScript 'x.lua'", "c.lua:1: RunScript runs a program in Lua, which is not done here: write what it sets into the file")]
    [TestCase("VirtualHost", "c.lua:1: the end of the file where a string after VirtualHost is expected")]
    [TestCase("VirtualHost ''", "c.lua:1: a host without a name")]
    [TestCase("VirtualHost 'a'\nComponent 'a' 'muc'", "c.lua:2: 'a' is a virtual host already, in c.lua:1")]
    [TestCase("hosts:\n  - example.org", "c.lua:1: 'hosts' is followed by ':' where '=' is expected; of Lua only values, VirtualHost, Component and Include are read here")]
    [TestCase("[general]", "c.lua:1: '[' where the name of an option is expected")]
    public void What_is_not_read_is_refused_with_its_line(string text, string expected) =>
        Assert.That(() => LuaReader.Read(text, "c.lua", new ImportLog()), Throws.TypeOf<SourceException>().With.Message.EqualTo(expected));

    [Test]
    public void Deep_nesting_is_refused()
    {
        Assert.That(() => Read("a = " + new string('{', 100_000)), Throws.TypeOf<SourceException>().With.Message.EndsWith("nested too deeply"));
        Assert.That(() => Read("a = " + new string('(', 100_000)), Throws.TypeOf<SourceException>().With.Message.EndsWith("nested too deeply"));
    }

    [Test]
    public void Included_files_are_read_relative_to_the_file_and_begin_outside_of_any_host()
    {
        var folder = Directory.CreateTempSubdirectory("xh-lua-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "conf.d"));
            File.WriteAllText(Path.Combine(folder, "prosody.cfg.lua"), "VirtualHost 'a.example'\nInclude 'conf.d/*.cfg.lua'\nInclude 'more.lua'\nx = 1");
            File.WriteAllText(Path.Combine(folder, "more.lua"), "g = 1");
            File.WriteAllText(Path.Combine(folder, "conf.d", "b.cfg.lua"), "VirtualHost 'b.example' y = 2");
            File.WriteAllText(Path.Combine(folder, "conf.d", "c.cfg.lua.off"), "not Lua");

            var config = LuaReader.ReadFile(Path.Combine(folder, "prosody.cfg.lua"), new ImportLog());

            Assert.That(config.Hosts.Select(h => $"{h.Name}: {Show.Options(h.Options)}"), Is.EqualTo(new[] { "a.example: x@4=1", "b.example: y@1=2" }));
            Assert.That(Show.Options(config.Global.Options), Is.EqualTo("g@1=1"));
            Assert.That(config.Hosts.Last().Place.File, Is.EqualTo(Path.Combine(folder, "conf.d", "b.cfg.lua")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void Missing_include_and_endless_includes_are_refused_with_their_line()
    {
        var folder = Directory.CreateTempSubdirectory("xh-lua-").FullName;
        try
        {
            var file = Path.Combine(folder, "p.lua");
            File.WriteAllText(file, "\nInclude 'nowhere.lua'");
            Assert.That(() => LuaReader.ReadFile(file, new ImportLog()), Throws.TypeOf<SourceException>().With.Message.EqualTo($"{file}:2: there is no file {Path.Combine(folder, "nowhere.lua")}"));
            File.WriteAllText(file, "Include 'p.lua'");
            Assert.That(() => LuaReader.ReadFile(file, new ImportLog()), Throws.TypeOf<SourceException>().With.Message.EqualTo($"{file}:1: files include each other too deeply"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void No_text_makes_it_throw_anything_but_its_own_error() => Prop.ForAll(
        Texts.Of("a = 1", "x", "VirtualHost 'a'", "Component", "'m'", "{", "}", "[", "]", "(", ")", "=", "[[", "]]", "[=[", "--", "--[[", "\"", "'", "\\", "\\u{", "\\x", "\\9", "\n", ";", ",", "..", "*", "-", "^", "1e99", "0x", "local ", "nil", "os.getenv", "FileLine", "#!"),
        text => Texts.EndsOrRefuses(() => LuaReader.Read(text, "c.lua", new ImportLog()))).QuickCheckThrowOnFailure();

    private static LuaConfig Read(string text) => LuaReader.Read(text, "etc/c.lua", new ImportLog());
}
