using System.Text;
using XmppHost.Core.Configuration;

namespace XmppHost.Core.Tests.Configuration;

public sealed class ServerConfigurationTests
{
    private readonly List<string> _problems = [];

    [SetUp]
    public void Clear() => _problems.Clear();

    [Test]
    public void A_host_adds_to_the_defaults_overrides_them_and_switches_off()
    {
        var host = Host("""
            {
              "defaults": { "plugins": { "Disco": {}, "Rooms": { "size": 5 }, "Upload": { "limit": "1 MiB", "types": ["a", "b"], "s3": { "region": "r" } } } },
              "hosts": { "example.org": { "plugins": { "Rooms": false, "Ping": {}, "Upload": { "types": ["c"], "s3": { "bucket": "x" } } } } },
            }
            """);

        Assert.That(_problems, Is.Empty);
        Assert.That(host.Plugins.Select(p => p.Key), Is.EqualTo(new[] { "Disco", "Upload", "Ping" }));
        Assert.That(Values(host), Is.EquivalentTo(new[] { "Upload:limit=1 MiB", "Upload:types:0=c", "Upload:s3:region=r", "Upload:s3:bucket=x" }));
    }

    [TestCase("{}", "P:a=1")]
    [TestCase("true", "P:a=1")]
    [TestCase("""{ "a": 2 }""", "P:a=2")]
    [TestCase("""{ "b": [] }""", "P:a=1 P:b=")]
    public void A_plugin_named_again_keeps_what_the_defaults_give(string own, string values)
    {
        var host = Host($$"""{ "defaults": { "plugins": { "P": { "a": 1 } } }, "hosts": { "example.org": { "plugins": { "P": {{own}} } } } }""");

        Assert.That(host.Plugins.Select(p => p.Key), Is.EqualTo(new[] { "P" }));
        Assert.That(string.Join(' ', Values(host).Order()), Is.EqualTo(values));
    }

    [Test]
    public void What_the_defaults_switch_off_a_host_switches_on()
    {
        var host = Host("""{ "defaults": { "plugins": { "P": false } }, "hosts": { "example.org": { "plugins": { "P": {} } } } }""");

        Assert.That(host.Plugins.Select(p => p.Key), Is.EqualTo(new[] { "P" }));
    }

    [Test]
    public void A_secret_in_a_file_gives_way_to_a_secret_as_a_value_and_the_other_way_round()
    {
        var host = Host("""
            {
              "defaults": { "plugins": { "P": { "keyFile": "f", "pass": "p" } } },
              "hosts": { "example.org": { "plugins": { "P": { "key": "k", "passFile": "g" } } } }
            }
            """);

        Assert.That(Values(host), Is.EquivalentTo(new[] { "P:key=k", "P:passFile=g" }));
    }

    [Test]
    public void Every_value_knows_its_line()
    {
        var configuration = Load("""
            {
              // a comment
              "data": "d",
              "defaults": { "plugins": { "P": { "a": 1 } } },
              "hosts": {
                "example.org": { "plugins": { "P": { "b": 2 } } }
              }
            }
            """, "hosts:example.org:plugins:P:c=3");

        Assert.That(configuration.OriginOf("data"), Is.EqualTo("test.json:3"));
        Assert.That(configuration.OriginOf("hosts:example.org:plugins:P:a"), Is.EqualTo("test.json:4"));
        Assert.That(configuration.OriginOf("hosts:example.org:plugins:P:b"), Is.EqualTo("test.json:6"));
        Assert.That(configuration.OriginOf("hosts:example.org:plugins:P:c"), Is.EqualTo("--set"));
    }

    [Test]
    public void Overrides_replace_a_section_an_element_or_a_value()
    {
        var configuration = Load(
            """{ "endpoints": { "c2s": { "listen": ["*:5222", "*:5322"] } }, "hosts": { "example.org": { "plugins": { "Rooms": { "size": 5 }, "Ping": false } } } }""",
            "endpoints:c2s:listen:1=[::1]:5222", "hosts:example.org:plugins:Rooms=false", """hosts:example.org:plugins:Ping={ "interval": "1 min" }""");

        Assert.That(configuration.Server["endpoints:c2s:listen:0"], Is.EqualTo("*:5222"));
        Assert.That(configuration.Server["endpoints:c2s:listen:1"], Is.EqualTo("[::1]:5222"));
        Assert.That(configuration.Hosts[0].Plugins.Select(p => p.Key), Is.EqualTo(new[] { "Ping" }));
        Assert.That(configuration.Hosts[0].Plugins[0].Value["interval"], Is.EqualTo("1 min"));
    }

    [Test]
    public void The_environment_overrides_the_file_and_the_command_line_the_environment()
    {
        Environment.SetEnvironmentVariable("XMPPHOST__demo__a", "env");
        Environment.SetEnvironmentVariable("XMPPHOST__demo__b", "env");
        try
        {
            var configuration = Load("""{ "demo": { "a": 1, "b": 1, "c": 1 }, "hosts": { "example.org": {} } }""", "demo:b=set");

            Assert.That(new[] { "a", "b", "c" }.Select(n => configuration.Server[$"demo:{n}"]), Is.EqualTo(new[] { "env", "set", "1" }));
            Assert.That(configuration.OriginOf("demo:a"), Is.EqualTo("XMPPHOST__demo__a"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("XMPPHOST__demo__a", null);
            Environment.SetEnvironmentVariable("XMPPHOST__demo__b", null);
        }
    }

    [TestCase("""{ "hosts": { "example.org": {}, "EXAMPLE.org.": {} } }""", "hosts.EXAMPLE.org.: is the same host as hosts.example.org")]
    [TestCase("""{ "hosts": { "a@b": {} } }""", "hosts.a@b: is not a domain name")]
    [TestCase("{}", """hosts: there is no virtual host; write "hosts": { "example.org": {} }""")]
    [TestCase("""{ "hosts": { "example.org": { "plugins": { "P": "on" } } } }""", "hosts.example.org.plugins.P: 'on' is neither true, false nor options in { }")]
    [TestCase("{\n\"a\": 1,\n\"A\": 2 }", "test.json:3: 'A' is written twice, first in test.json:2")]
    [TestCase("{ \"a\":\n null }", "test.json:2: 'a' is null; leave it out, or write false to switch a plugin off and {} to switch it on")]
    [TestCase("[]", "test.json: a config is an object: { ... }")]
    [TestCase("{\n \"a\" 1 }", "test.json:2: '1' is invalid after a property name. Expected a ':'.")]
    [TestCase("""{ "a:b": 1 }""", "test.json:1: 'a:b' is not a name for an option")]
    public void What_is_wrong_with_the_file_is_told_in_one_line(string json, string problem)
    {
        Load(json);

        Assert.That(_problems, Has.Member(problem));
    }

    [Test]
    public void An_override_without_a_value_is_refused()
    {
        Load("""{ "hosts": { "example.org": {} } }""", "data");

        Assert.That(_problems, Is.EqualTo(new[] { "--set data: write path=value, as in --set endpoints:c2s:listen:0=127.0.0.1:5222" }));
    }

    private HostConfiguration Host(string json) => Load(json).Hosts.Single();

    private ServerConfiguration Load(string json, params string[] overrides) =>
        ServerConfiguration.Load(new ConfigSources(Encoding.UTF8.GetBytes(json), "test.json", "/", overrides), _problems);

    private static IEnumerable<string> Values(HostConfiguration host) => host.Plugins.SelectMany(p =>
        Microsoft.Extensions.Configuration.ConfigurationExtensions.AsEnumerable(p.Value).Where(v => v.Value is not null).Select(v => $"{p.Key}{v.Key[p.Value.Path.Length..]}={v.Value}"));
}
