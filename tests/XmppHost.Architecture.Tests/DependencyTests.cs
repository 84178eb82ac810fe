namespace XmppHost.Architecture.Tests;

/// <summary>Xml, then Abstractions, then everything else; nothing reaches sideways.</summary>
public sealed class DependencyTests
{
    private static readonly string[] Framework = ["System", "Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.Net", "Microsoft.CSharp", "Microsoft.Win32", "netstandard", "mscorlib"];

    private static IEnumerable<string> Plugins => Assemblies.PluginProjects;

    [TestCase("XmppHost.Xml")]
    [TestCase("XmppHost.Abstractions", "XmppHost.Xml")]
    [TestCase("XmppHost.Core", "XmppHost.Xml", "XmppHost.Abstractions")]
    [TestCase("XmppHost.Storage.Sql", "XmppHost.Xml", "XmppHost.Abstractions")]
    [TestCase("XmppHost.Scripting", "XmppHost.Xml")]
    [TestCase("XmppHost.Import")]
    public void A_part_of_the_server_refers_to_nothing_but(string project, params string[] allowed) =>
        Assert.That(Ours(project), Is.SubsetOf(allowed));

    [TestCaseSource(nameof(Plugins))]
    public void A_plugin_refers_to_the_plugin_api_alone(string plugin) =>
        Assert.That(Ours(plugin), Is.SubsetOf(new[] { "XmppHost.Xml", "XmppHost.Abstractions" }));

    [TestCase("XmppHost.Xml")]
    [TestCase("XmppHost.Abstractions", "Autofac")]
    [TestCase("XmppHost.Core", "Autofac")]
    [TestCase("XmppHost.Scripting")]
    [TestCase("XmppHost.Import", "YamlDotNet")]
    public void The_core_uses_no_package_but(string project, params string[] allowed)
    {
        var packages = Assemblies.ReferencesOf(project).Where(r => !r.StartsWith("XmppHost.", StringComparison.Ordinal) && !IsFramework(r));

        Assert.That(packages, Is.SubsetOf(allowed), "no database, no broker, no client library");
    }

    [TestCaseSource(nameof(Plugins))]
    public void A_plugins_folder_has_no_copy_of_what_the_server_shares(string plugin)
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Output("XmppHost.Server"), "plugins", plugin), "*.dll", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)!).ToArray();

        Assert.That(files, Has.Member($"{plugin}.dll"));
        Assert.That(files.Where(f => f != $"{plugin}.dll" && (f.StartsWith("XmppHost.", StringComparison.Ordinal) || f == "Autofac.dll")), Is.Empty);
    }

    [Test]
    public void Every_server_project_stands_in_the_rule() =>
        Assert.That(Assemblies.ServerProjects, Is.EquivalentTo(new[] { "XmppHost.Abstractions", "XmppHost.Core", "XmppHost.Import", "XmppHost.Scripting", "XmppHost.Server", "XmppHost.Storage.Sql", "XmppHost.Xml" }));

    private static string[] Ours(string project) => [.. Assemblies.ReferencesOf(project).Where(r => r.StartsWith("XmppHost.", StringComparison.OrdinalIgnoreCase))];

    private static bool IsFramework(string name) => Array.Exists(Framework, p => name == p || name.StartsWith(p + ".", StringComparison.Ordinal));
}
