using System.Text;
using Autofac;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Core.Configuration;
using XmppHost.Core.Observability;
using XmppHost.Core.Plugins;

namespace XmppHost.Core.Tests.Plugins;

public sealed class PluginLoadingTests
{
    private const string Options = "public sealed record TheOptions(int Size = 3, string Name = \"n\");";

    private readonly List<string> _problems = [];
    private PluginFolder _folder = null!;
    private IContainer _root = null!;

    [SetUp]
    public void Start()
    {
        _problems.Clear();
        _folder = new PluginFolder();
        var builder = new ContainerBuilder();
        builder.RegisterInstance(NullLoggerFactory.Instance).As<ILoggerFactory>();
        builder.RegisterType<ServerMeters>().SingleInstance();
        _root = builder.Build();
    }

    [TearDown]
    public void Stop()
    {
        _root.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void A_plugin_registers_in_every_host_that_enables_it_with_that_hosts_options()
    {
        _folder.Add("Acme.Echo", "Echo", "builder.RegisterInstance(Options<TheOptions>());", members: Options);

        var hosts = Compose("""{ "defaults": { "plugins": { "Echo": { "size": 5 } } }, "hosts": { "a.example": {}, "b.example": { "plugins": { "Echo": { "size": 7 } } }, "c.example": { "plugins": { "echo": false } } } }""");

        Assert.That(_problems, Is.Empty);
        Assert.That(hosts.Select(h => Registered(h, "TheOptions")), Is.EqualTo(new[] { "TheOptions { Size = 5, Name = n }", "TheOptions { Size = 7, Name = n }", null }));
    }

    [Test]
    public void A_plugin_that_no_host_enables_is_not_loaded()
    {
        _folder.Add("Acme.Unused", "Unused");

        Compose("""{ "hosts": { "a.example": {} } }""");

        Assert.That(AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetName().Name), Has.None.EqualTo("Acme.Unused"));
        Assert.That(Catalog().Plugins.Single().Version, Is.EqualTo(new Version(0, 0, 0, 0)));
    }

    [Test]
    public void Problems_of_all_hosts_and_plugins_are_told_together()
    {
        _folder.Add("Acme.First", "First", "Options<TheOptions>(); throw new System.Exception(\"because of the wrong option\");", members: Options)
            .Add("Acme.Second", "Second", "throw new System.InvalidOperationException(\"bad luck\");")
            .Add("Acme.Third", "Third", attributes: ", Requires = new[] { \"Second\", \"Fourth\" }");

        Compose("""
            {
              "hosts": {
                "a.example": { "plugins": { "First": { "size": "x" }, "Second": {}, "Frist": {} } },
                "b.example": { "publicURL": "ftp://b.example/", "auth": { "requiretsl": true }, "plugins": { "Third": { "on": true }, "First": { "nme": "x" } } },
                "c.example": { "plugins": { "Third": { "on": true }, "Second": false } }
              }
            }
            """);

        Assert.That(_problems, Is.EquivalentTo(new[]
        {
            "hosts.a.example.plugins.Frist: there is no plugin 'Frist'; did you mean 'First'?",
            "hosts.a.example.plugins.First.size: 'x' is not a whole number",
            "hosts.a.example.plugins.Second: the plugin failed to load: bad luck",
            "hosts.b.example.auth.requiretsl: unknown option; did you mean 'requireTls'?",
            "hosts.b.example.plugins.Third: needs the plugin Second, which is off in this host",
            "hosts.b.example.plugins.Third: needs the plugin Fourth, which is off in this host",
            "hosts.b.example.plugins.Third.on: unknown option; the plugin has none",
            "hosts.b.example.plugins.First.nme: unknown option; did you mean 'name'?",
            "hosts.c.example.plugins.Third: needs the plugin Second, which is off in this host",
            "hosts.c.example.plugins.Third: needs the plugin Fourth, which is off in this host",
            "hosts.c.example.plugins.Third.on: unknown option; the plugin has none",
        }));
    }

    [Test]
    public void A_plugin_built_for_a_newer_host_is_refused()
    {
        var newer = PluginFolder.Compile("XmppHost.Abstractions", """
            [assembly: System.Reflection.AssemblyVersion("7.8.9.0")]
            namespace XmppHost.Plugins { public sealed class XmppPluginAttribute : System.Attribute { public XmppPluginAttribute(string id, System.Type module) { } } }
            """);
        _folder.AddSource("Acme.Newer", "[assembly: XmppHost.Plugins.XmppPlugin(\"Newer\", typeof(M))] public sealed class M { }", MetadataReference.CreateFromImage(newer));

        Compose("""{ "hosts": { "a.example": { "plugins": { "Newer": {} } } } }""");

        Assert.That(_problems, Is.EqualTo(new[]
        {
            $"hosts.a.example.plugins.Newer: {_folder.Path}/Acme.Newer/Acme.Newer.dll was built for XmppHost 7.8.9, which is newer than this server ({PluginFile.HostVersion.ToString(3)})",
        }));
    }

    [Test]
    public void Two_assemblies_with_one_id_are_refused_where_it_is_enabled()
    {
        _folder.Add("Acme.One", "Same").Add("Acme.Two", "same");

        Compose("""{ "hosts": { "a.example": { "plugins": { "Same": {} } } } }""");

        Assert.That(_problems, Is.EqualTo(new[] { $"hosts.a.example.plugins.Same: {_folder.Path}/Acme.One/Acme.One.dll and {_folder.Path}/Acme.Two/Acme.Two.dll are both the plugin 'Same'; remove one" }));
    }

    [Test]
    public void What_is_no_plugin_is_told_when_its_name_is_asked_for()
    {
        _folder.AddFile("Acme.Broken/Acme.Broken.dll", "not an assembly"u8.ToArray()).AddFile("Acme.Empty/readme.txt", []).AddSource("Acme.Plain", "public sealed class Plain { }");

        Compose("""{ "hosts": { "a.example": { "plugins": { "Plain": {} } } } }""");

        Assert.That(_problems, Is.EqualTo(new[] { $"hosts.a.example.plugins.Plain: there is no plugin 'Plain'; {_folder.Path}/Acme.Plain/Acme.Plain.dll has no [assembly: XmppPlugin]" }));
        Assert.That(Catalog().Faults, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_plugins_own_library_comes_from_its_folder_and_the_servers_libraries_stay_hidden()
    {
        var library = PluginFolder.Compile("Acme.Library", "namespace Lib { public static class It { public static int Number { get { return 42; } } } }");
        _folder.AddSource("Acme.User", """
                using Autofac;
                using XmppHost.Plugins;
                [assembly: XmppPlugin("User", typeof(TheModule))]
                public sealed class TheModule : PluginModule
                {
                    public TheModule(PluginContext plugin) : base(plugin) { }
                    protected override void Load(ContainerBuilder builder) { throw new System.Exception("the number is " + Lib.It.Number); }
                }
                """, PluginFolder.Api, MetadataReference.CreateFromImage(library))
            .AddFile("Acme.User/Acme.Library.dll", library)
            .AddSource("Acme.Spy", """
                using Autofac;
                using XmppHost.Plugins;
                [assembly: XmppPlugin("Spy", typeof(TheModule))]
                public sealed class TheModule : PluginModule
                {
                    public TheModule(PluginContext plugin) : base(plugin) { }
                    protected override void Load(ContainerBuilder builder) { builder.RegisterInstance(new XmppHost.Core.ServerOptions(null)); }
                }
                """, PluginFolder.Api, MetadataReference.CreateFromFile(typeof(ServerOptions).Assembly.Location));

        Compose("""{ "hosts": { "a.example": { "plugins": { "User": {}, "Spy": {} } } } }""");

        Assert.That(_problems, Is.EquivalentTo(new[]
        {
            "hosts.a.example.plugins.User: the plugin failed to load: the number is 42",
            "hosts.a.example.plugins.Spy: the plugin failed to load: XmppHost.Core.dll is not in the plugin's folder",
        }));
    }

    [TestCase("public sealed class M { }", "is not a PluginModule")]
    [TestCase("public sealed class M : XmppHost.Plugins.PluginModule { public M() : base(null) { } }", "has no public constructor that takes a PluginContext")]
    public void A_module_of_the_wrong_shape_is_refused(string module, string problem)
    {
        _folder.AddSource("Acme.Odd", $"[assembly: XmppHost.Plugins.XmppPlugin(\"Odd\", typeof(M))] {module}", PluginFolder.Api);

        Compose("""{ "hosts": { "a.example": { "plugins": { "Odd": {} } } } }""");

        Assert.That(_problems, Is.EqualTo(new[] { $"hosts.a.example.plugins.Odd: {_folder.Path}/Acme.Odd/Acme.Odd.dll: M {problem}" }));
    }

    [Test]
    public void The_xeps_of_a_plugin_are_read_without_loading_it()
    {
        _folder.Add("Acme.Xeps", "Xeps", members: "[Xep(199, \"2.0\")] public sealed class A { } [Xep(30, \"2.5\", Partial = \"no nodes\"), Xep(92, \"1.1\")] public sealed class B { }");

        Assert.That(Catalog().Plugins.Single().ReadXeps().Select(x => $"{x.Number} {x.Version} {x.Partial}"), Is.EqualTo(new[] { "30 2.5 no nodes", "92 1.1 ", "199 2.0 " }));
    }

    private PluginCatalog Catalog() => new([_folder.Path, Path.Combine(_folder.Path, "nowhere")]);

    private IReadOnlyList<ComposedHost> Compose(string json)
    {
        var configuration = ServerConfiguration.Load(new ConfigSources(Encoding.UTF8.GetBytes(json), "test.json", "/", []), _problems);
        return new HostComposer(_root, Catalog(), "/data", _ => null).Compose(configuration, _problems);
    }

    private static string? Registered(ComposedHost host, string type)
    {
        var service = host.Scope.ComponentRegistry.Registrations.SelectMany(r => r.Services).OfType<Autofac.Core.TypedService>().FirstOrDefault(s => s.ServiceType.Name == type);
        return service is null ? null : host.Scope.Resolve(service.ServiceType).ToString();
    }
}
