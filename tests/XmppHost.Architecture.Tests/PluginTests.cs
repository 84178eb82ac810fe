using System.Globalization;
using XmppHost.Core.Plugins;

namespace XmppHost.Architecture.Tests;

/// <summary>What a plugin brings along besides code.</summary>
public sealed class PluginTests
{
    private static IEnumerable<string> Plugins => Assemblies.PluginProjects;

    private static string ScriptFolder { get; } = Path.Combine(Repository.Root, "tests", "XmppHost.Integration.Tests", "Scripts");

    private static readonly Lazy<string> Proofs = new(() =>
        string.Join('\n', Directory.EnumerateFiles(ScriptFolder, "*.xmpp", SearchOption.AllDirectories).SelectMany(File.ReadLines).Where(l => l.StartsWith("# Proves:", StringComparison.Ordinal))));

    [TestCaseSource(nameof(Plugins))]
    public void A_plugin_is_found_by_its_attribute_and_named_like_its_folder(string plugin)
    {
        var (file, problem) = PluginFile.Read(Assemblies.PathOf(plugin));

        Assert.That(problem, Is.Null);
        Assert.That($"XmppHost.Plugins.{file!.Id}", Is.EqualTo(plugin));
    }

    [TestCaseSource(nameof(Plugins))]
    public void A_plugin_has_a_readme(string plugin)
    {
        var readme = Path.Combine(Repository.Root, "plugins", plugin, "README.md");

        Assert.That(readme, Does.Exist);
        Assert.That(File.ReadLines(readme).First(), Is.EqualTo($"# {plugin["XmppHost.Plugins.".Length..]}"));
    }

    [TestCaseSource(nameof(Plugins))]
    public void Every_xep_of_a_plugin_is_proved_by_a_script(string plugin)
    {
        var numbers = PluginFile.ReadXeps(Assemblies.PathOf(plugin)).Select(x => x.Number).Distinct();
        var unproved = numbers.Select(n => string.Create(CultureInfo.InvariantCulture, $"XEP-{n:D4}")).Where(x => !Proofs.Value.Contains(x, StringComparison.Ordinal));

        Assert.That(unproved, Is.Empty, "a script says what it proves in its line '# Proves: XEP-NNNN ...'");
    }
}
