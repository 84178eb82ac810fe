using System.Diagnostics;
using System.Globalization;
using System.Text;
using XmppHost.Import.Sources;
using XmppHost.Import.Toml;

namespace XmppHost.Import.Tests;

/// <summary>Random documents as Python's TOML reader and ours understand them.</summary>
public sealed class TomlDifferentialTests
{
    private const int Sections = 300;

    private const string Dump = """
        import sys, tomllib
        def show(v):
            if isinstance(v, bool): return "true" if v else "false"
            if isinstance(v, (int, float)): return "%.6f" % v
            if isinstance(v, str): return "'" + v.encode().hex() + "'"
            if not v: return "{}"  # an empty list and an empty table are the same to us
            if isinstance(v, list): return "[" + ",".join(map(show, v)) + "]"
            return "{" + ",".join(k.encode().hex() + "=" + show(v[k]) for k in sorted(v, key=lambda k: k.encode().hex())) + "}"
        document = tomllib.load(open(sys.argv[1], "rb"))
        for name in sorted(document): print(name, show(document[name]))
        """;

    private int _names;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task Python_understands_every_document_as_we_do(int seed)
    {
        var document = Document(new Random(seed));

        var expected = await RunPythonAsync(document);
        var read = TomlReader.Read(document, "c.toml").Named.All.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key} {Shown(o.Value)}").ToArray();

        Assert.That(read, Has.Length.EqualTo(expected.Length).And.Length.GreaterThan(Sections / 2));
        for (var i = 0; i < expected.Length; i++) Assert.That(read[i], Is.EqualTo(expected[i]));
    }

    private string Document(Random random)
    {
        var text = new StringBuilder();
        for (var i = 0; i < Sections; i++)
        {
            text.Append(random.Next(4) switch
            {
                0 => $"[s{i}]",
                1 => $"[ s{i} . \"in ner\" ] # comment",
                2 => $"[[a{random.Next(20)}]]",
                _ => $"[s{i}.x]\na.b = 1\r\n[s{i}]",
            }).Append(random.Next(3) == 0 ? "\r\n" : "\n");
            for (var j = random.Next(5); j > 0; j--) text.Append(random.Next(3) == 0 ? "\t" : "").Append(Pair(random, 3)).Append(random.Next(3) switch { 0 => " # c\n", 1 => "\r\n\n", _ => "\n" });
        }

        return text.ToString();
    }

    private string Pair(Random random, int depth)
    {
        var name = $"n{_names++}";
        var key = random.Next(5) switch { 0 => $"\"{name} \\u00e8\"", 1 => $"'{name}.x'", 2 => $"{name}.y . z", _ => name };
        return $"{key}{(random.Next(2) == 0 ? " = " : "=")}{Value(random, depth)}";
    }

    private string Value(Random random, int depth) => random.Next(depth > 0 ? 8 : 5) switch
    {
        0 => random.Next(2) == 0 ? "true" : "false",
        1 or 2 => Text(random),
        3 or 4 => Number(random),
        5 or 6 => $"[{(random.Next(2) == 0 ? "\n" : "")}{string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => $"{Value(random, depth - 1)} , {(random.Next(3) == 0 ? "# c\n" : "")}"))}]",
        _ => $"{{ {string.Join(", ", Enumerable.Range(0, random.Next(3)).Select(_ => Pair(random, depth - 1)))} }}",
    };

    private static string Number(Random random) => random.Next(7) switch
    {
        0 => "0xdead_BEEF",
        1 => "0o17",
        2 => "0b1010",
        3 => "-1_000.25",
        4 => "+6.5e2",
        5 => "0",
        _ => random.Next().ToString(CultureInfo.InvariantCulture),
    };

    private static string Text(Random random)
    {
        string[] plain = ["a", "è", "\U0001F600", " ", "#", "[", "=", "\t"];
        string[] escapes = ["\\n", "\\\\", "\\\"", "\\u20AC", "\\U0001F600", "\\t", "\\b"];
        string Of(params string[] pieces) => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => pieces[random.Next(pieces.Length)]));
        return random.Next(5) switch
        {
            0 => $"'{Of([.. plain, "\"", "\\"])}'",
            1 => $"'''{Of([.. plain, "\"", "\\", "\n", "'a"])}'''",
            2 => $"\"\"\"\n{Of([.. plain, .. escapes, "\n", "\\\n  ", "\"a", "\\  \n\n"])}\"\"\"",
            3 => $"\"\"\"{Of([.. plain, .. escapes])}a\"\"\"\"",
            _ => $"\"{Of([.. plain, .. escapes])}\"",
        };
    }

    private static string Shown(SourceValue value) => value switch
    {
        SourceValue.Number number => number.Value.ToString("F6", CultureInfo.InvariantCulture),
        SourceValue.Text text => $"'{Hex(text.Value)}'",
        SourceValue.Flag flag => flag.Value ? "true" : "false",
        SourceValue.Table { Named.Count: 0 } table when table.Items.Count > 0 => $"[{string.Join(',', table.Items.Select(Shown))}]",
        SourceValue.Table table => $"{{{string.Join(',', table.Named.All.OrderBy(o => Hex(o.Key), StringComparer.Ordinal).Select(o => $"{Hex(o.Key)}={Shown(o.Value)}"))}}}",
        _ => throw new ArgumentException(value.Kind, nameof(value)),
    };

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));

    private static async Task<string[]> RunPythonAsync(string document)
    {
        var folder = Directory.CreateTempSubdirectory("xh-toml-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "c.toml"), document);
            await File.WriteAllTextAsync(Path.Combine(folder, "dump.py"), Dump);
            using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3") { RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { Path.Combine(folder, "dump.py"), Path.Combine(folder, "c.toml") } })!;
            var (output, error) = (python.StandardOutput.ReadToEndAsync(), python.StandardError.ReadToEndAsync());
            await python.WaitForExitAsync();
            Assert.That(python.ExitCode, Is.Zero, await error + document);
            return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
