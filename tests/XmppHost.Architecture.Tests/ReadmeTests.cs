using System.Globalization;
using XmppHost.Core.Plugins;

namespace XmppHost.Architecture.Tests;

/// <summary>The README's table of XEPs is made of the <c>[Xep]</c> attributes in the code.</summary>
public sealed class ReadmeTests
{
    private const string Begin = "<!-- The table is made from the code: UPDATE=1 dotnet test tests/XmppHost.Architecture.Tests -->";
    private const string End = "<!-- end of the table -->";

    private static string Readme { get; } = Path.Combine(Repository.Root, "README.md");

    [Test]
    public void The_table_of_xeps_is_what_the_code_says()
    {
        var text = File.ReadAllText(Readme);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        Assert.That(begin, Is.GreaterThan(0).And.LessThan(end));
        var current = text[(begin + Begin.Length)..end];
        var wanted = $"\n{Table()}\n";
        if (Environment.GetEnvironmentVariable("UPDATE") == "1") File.WriteAllText(Readme, text[..(begin + Begin.Length)] + wanted + text[end..]);
        else Assert.That(current, Is.EqualTo(wanted), "run it again with UPDATE=1 in the environment");
    }

    [Test]
    public void Every_plugin_is_named_in_the_readme()
    {
        var text = File.ReadAllText(Readme);

        Assert.That(Assemblies.PluginProjects.Where(p => !text.Contains($"(plugins/{p}/README.md)", StringComparison.Ordinal)), Is.Empty);
    }

    private static string Table()
    {
        var sources = Assemblies.PluginProjects.Select(p => (Project: p, Name: p["XmppHost.Plugins.".Length..])).Append((Project: "XmppHost.Core", Name: "core"));
        var rows = sources.SelectMany(s => PluginFile.ReadXeps(Assemblies.PathOf(s.Project)).Select(x => (Xep: x, s.Name)))
            .OrderBy(r => r.Xep.Number).ThenBy(r => r.Name, StringComparer.Ordinal)
            .Select(r => string.Create(
                CultureInfo.InvariantCulture,
                $"| [{r.Xep.Number:D4}](https://xmpp.org/extensions/xep-{r.Xep.Number:D4}.html) | {Title(r.Xep.Number)} | {r.Xep.Version} | {r.Name} | {r.Xep.Partial} |"));
        return string.Join('\n', ["", "| XEP | title | version | part | not complete |", "|---|---|---|---|---|", .. rows, ""]);
    }

    private static string Title(int number) =>
        XepTitles.All.TryGetValue(number, out var title) ? title : throw new AssertionException($"{nameof(XepTitles)} has no title for XEP-{number:D4}");
}
