using XmppHost.Scripting;
using XmppHost.Testing;
using XmppHost.Testing.Services;

namespace XmppHost.Integration.Tests.Scripting;

/// <summary>The scripts describe the protocol, not one server: each of these passes against prosody too, but for what is listed.</summary>
[TestFixture]
public sealed class PeerScriptsTests
{
    private ProsodyServer _prosody = null!;

    /// <summary>Where prosody 0.12 does something else than the specification that a script follows.</summary>
    private static readonly Dictionary<string, string> Deviations = new()
    {
        ["rfc6120/binding.xmpp"] = "binds a resource for an IQ without an id (RFC 6120 section 8.1.3)",
        ["rfc6120/limits.xmpp"] = "has no limit on depth",
        ["rfc6120/sasl.xmpp"] = "answers invalid-mechanism where the encoding is wrong (RFC 6120 section 6.5.5)",
        ["rfc6120/stanza-errors.xmpp"] = "has federation off in the configuration of these tests, and says not-allowed for it",
        ["rfc6120/stream-header.xmpp"] = "takes the default namespace jabber:server on a client's port (RFC 6120 section 4.8.2)",
        ["rfc6120/xml-errors.xmpp"] = "answers not-well-formed where restricted-xml is meant (RFC 6120 section 4.9.3.18)",
        ["rfc6121/account-messages.xmpp"] = "delivers chat messages to the most available resource alone, which RFC 6121 section 8.5.2.1.1 leaves open",
        ["rfc6121/hosts.xmpp"] = "has one host in the configuration of these tests",
        ["rfc6121/pre-approval.xmpp"] = "pushes an approval in advance without approved='true' (RFC 6121 section 3.4.2)",
        ["xep-0012/last.xmpp"] = "answers service-unavailable where forbidden is asked for (XEP-0012 section 3)",
        ["xep-0030/rules.xmpp"] = "answers service-unavailable to requests of type set, of which XEP-0030 says nothing",
        ["xep-0050/errors.xmpp"] = "has no commands at its upload service",
        ["xep-0050/host.xmpp"] = "has no commands in the configuration of these tests",
        ["xep-0050/uploads.xmpp"] = "has no commands at its upload service",
        ["xep-0054/vcard.xmpp"] = "answers with an empty card where there is none (XEP-0054 section 3.3)",
        ["xep-0157/contacts.xmpp"] = "has no contact addresses in the configuration of these tests",
        ["xep-0160/not-kept.xmpp"] = "keeps messages with nothing but a chat state (XEP-0160 section 3)",
        ["xep-0160/offline.xmpp"] = "hands out messages with the initial presence only, not when the priority is raised (XEP-0160 section 2)",
        ["xep-0198/failures.xmpp"] = "does not mind an acknowledgement of more than it sent (XEP-0198 section 6)",
        ["xep-0334/hints.xmpp"] = "does not tell the sender of a message that it may not keep (XEP-0334 section 4.2)",
        ["xep-0363/access.xmpp"] = "has one host in the configuration of these tests",
        ["xep-0363/discovery.xmpp"] = "has one host in the configuration of these tests, and no purposes",
        ["xep-0363/failure.xmpp"] = "has one host in the configuration of these tests, and a store that works",
        ["xep-0363/legacy.xmpp"] = "does not know the namespace from before 2017",
        ["xep-0363/purposes.xmpp"] = "has one host in the configuration of these tests, and no purposes",
        ["xep-0363/quotas.xmpp"] = "has one host in the configuration of these tests, and never says when to retry",
        ["xep-0363/refusals.xmpp"] = "gives a slot to an IQ of type set (XEP-0363 section 4)",
        ["xep-0363/sizes.xmpp"] = "has one host in the configuration of these tests, and English texts only",
        ["xep-0363/types.xmpp"] = "has one host in the configuration of these tests",
    };

    private static IEnumerable<TestCaseData> Scripts() =>
        AllScripts().Where(script => !Deviations.Keys.Any(d => ((string)script.Arguments[0]!).EndsWith(d, StringComparison.Ordinal)));

    private static IEnumerable<TestCaseData> AllScripts() =>
        ScriptFiles.All(
            "rfc6120", "rfc6121", "xep-0012", "xep-0030", "xep-0049", "xep-0050", "xep-0054", "xep-0077", "xep-0092", "xep-0115", "xep-0157",
            "xep-0160", "xep-0191", "xep-0198", "xep-0199", "xep-0202", "xep-0237", "xep-0334", "xep-0363");

    [OneTimeSetUp]
    public async Task StartProsody() => _prosody = await ProsodyServer.StartAsync(new ProsodyOptions { Upload = true });

    [OneTimeTearDown]
    public async Task StopProsody() => await _prosody.DisposeAsync();

    [TestCaseSource(nameof(Scripts))]
    public async Task Prosody_passes(string file)
    {
        var result = await RunAsync(ScriptParser.ParseFile(file));

        Assert.That(result.Passed, Is.True, result.Report);
    }

    [Test]
    public async Task The_first_script_of_the_documentation_passes()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "server", "docs", "scripting.md"));
        var example = text.Split("```").First(part => part.Contains("[Client]") && part.Contains("\n---\n")).Trim();
        var script = ScriptParser.Parse("scripting.md", example);
        await _prosody.CreateAccountAsync(script.Clients["romeo"].Jid.Split('/')[0].Replace("${host}", "localhost"), "secret");

        var result = await RunAsync(script);

        Assert.That(result.Passed, Is.True, result.Report);
        Assert.That(result.Steps, Has.Count.EqualTo(4));
    }

    [TestCaseSource(nameof(AllScripts))]
    public void Script_says_what_it_proves(string file)
    {
        var script = ScriptParser.ParseFile(file);

        Assert.That(script.Title, Is.Not.Empty);
        Assert.That(script.Proves, Is.Not.Empty.And.All.Matches(@"^(RFC|XEP-)[ ]?\d+( [\d.]+)?$"));
    }

    private Task<ScriptResult> RunAsync(Script script) =>
        new ScriptRunner(_prosody.Transport, new ScriptRunnerOptions { CertificateValidation = _prosody.Client("any@localhost").CertificateValidation }).RunAsync(script);
}
