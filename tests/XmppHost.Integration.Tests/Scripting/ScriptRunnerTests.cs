using XmppHost.Scripting;
using XmppHost.Xml;

namespace XmppHost.Integration.Tests.Scripting;

[TestFixture]
public sealed class ScriptRunnerTests
{
    private const string Header =
        """
        [Client] romeo
            jid: romeo@${host}/orchard
            password: secret
            tls: none
            plain without tls: yes
            timeout: 500ms
            ignore: presence
        ---
        romeo connects

        """;

    [Test]
    public async Task What_was_captured_is_sent_back()
    {
        var result = await RunAsync(
            """
            romeo sends:
                <message to='nurse'><body>for ${host} from ${romeo.full}, ${romeo.user} ${romeo.domain} ${romeo.resource} ${romeo.stream}</body></message>
            romeo receives:
                <message><thread>${thread:=some}</thread></message>
            let answer = re ${thread}
            romeo sends:
                <message type='chat'><body>${answer}</body></message>
            romeo receives:
                <message><body>done</body></message>
            """,
            e => e.Element("body", XmlNs.Client)?.Text switch
            {
                "for localhost from romeo@localhost/orchard, romeo localhost orchard s1" => "<message><thread>a&lt;b</thread></message>",
                "re a<b" => "<message><body>done</body></message>",
                _ => null,
            });

        Assert.That(result.Passed, Is.True, result.Report);
        Assert.That(result.Steps, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task The_first_failure_ends_the_run_and_is_reported_with_file_and_line()
    {
        var result = await RunAsync("romeo sends:\n    <iq type='get' id='1'/>\nromeo receives:\n    <iq type='result'/>\nromeo disconnects", e => e.Attribute("id") == "1" ? "<iq type='error' id='1'/>" : null);

        Assert.That(result.Passed, Is.False);
        Assert.That(result.Steps, Has.Count.EqualTo(3));
        Assert.That(result.Report.ReplaceLineEndings("\n"), Does.StartWith("test.xmpp:12: romeo receives:\niq/@type: expected 'result', received 'error'\n"));
    }

    [TestCase("romeo receives:\n    <message/>", "nothing came within 500 ms\nexpected:\n    <message/>")]
    [TestCase("romeo receives within 50ms:\n    <message/>", "nothing came within 50 ms")]
    [TestCase("romeo sends:\n    <say xmlns='t'>&lt;presence/></say>\nromeo receives:\n    <message/>", "only 1 other stanza came within 500 ms")]
    [TestCase("romeo sends:\n    <say xmlns='t'>&lt;message/></say>\nromeo receives nothing", "expected nothing within 300 ms, received:\n    <message/>")]
    [TestCase("romeo sends:\n    <say xmlns='t'>&lt;message/></say>\nromeo receives stream close", "expected the end of the stream, received <message")]
    [TestCase("romeo sends:\n    <say xmlns='t'>&lt;/stream:stream></say>\nromeo receives:\n    <message/>", "received </stream:stream>")]
    [TestCase("romeo fails to connect", "expected the login to fail, it succeeded")]
    [TestCase("romeo sends:\n    <message to='${nobody}'/>", "there is no variable 'nobody' (yet)")]
    [TestCase("romeo disconnects\nromeo sends:\n    <message/>", "romeo is not connected")]
    [TestCase("romeo resumes", "there is no stream to resume")]
    [TestCase("romeo GETs nowhere", "'nowhere' is not a URL")]
    [TestCase("romeo sees features:\n    <stream:features><sm xmlns='urn:xmpp:sm:3'/></stream:features>", "features/sm: <sm xmlns='urn:xmpp:sm:3'/> is missing")]
    public async Task A_step_fails_with(string steps, string message)
    {
        var result = await RunAsync(steps, Say);

        Assert.That(result.Failed?.Failure?.ReplaceLineEndings("\n"), Does.StartWith(message));
    }

    [TestCase("<message id='1'/><message id='2'/>", "romeo receives in any order:\n    <message id='2'/>\n    <message id='1'/>")]
    [TestCase("<presence/><message id='1'/>", "romeo receives:\n    <message id='1'/>")]
    [TestCase("<presence/>", "romeo receives nothing within 50ms")]
    [TestCase("<presence/>", "romeo receives:\n    <presence/>", Description = "what is expected is not ignored")]
    [TestCase("<iq id='1'/><message id='1'/>", "romeo eventually receives:\n    <message id='1'/>")]
    [TestCase("<message id='1'/>", "romeo receives exactly:\n    <message id='1'/>")]
    [TestCase("<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>", "romeo receives stream error conflict\nromeo receives stream close")]
    public async Task A_step_passes_when_there_comes(string xml, string steps)
    {
        var result = await RunAsync($"romeo sends:\n    <say xmlns='t'>{xml.Replace("<", "&lt;")}</say>\n{steps}", Say);

        Assert.That(result.Passed, Is.True, result.Report);
    }

    [TestCase("<message id='1'/><message id='3'/>", "romeo receives in any order:\n    <message id='2'/>\n    <message id='1'/>", "message/@id: expected '2', received '3'")]
    [TestCase("<message id='2'/><message id='1'/>", "romeo receives:\n    <message id='1'/>\n    <message id='2'/>", "message/@id: expected '1', received '2'")]
    [TestCase("<message id='1' to='x'/>", "romeo receives exactly:\n    <message id='1'/>", "message/@to: 'x' was not expected")]
    [TestCase("<iq/>", "romeo receives nothing within 50ms", "expected nothing")]
    public async Task A_step_fails_when_there_comes(string xml, string steps, string message)
    {
        var result = await RunAsync($"romeo sends:\n    <say xmlns='t'>{xml.Replace("<", "&lt;")}</say>\n{steps}", Say);

        Assert.That(result.Failed?.Failure, Does.StartWith(message));
    }

    [Test]
    public async Task A_script_that_takes_longer_than_its_limit_fails()
    {
        var script = ScriptParser.Parse("test.xmpp", "[Options]\n    limit: 100ms\n" + Header + "wait 1m\n");

        var result = await new ScriptRunner(new TinyPeer(_ => null).Transport).RunAsync(script);

        Assert.That(result.Failed!.Failure, Is.EqualTo("the script did not end within its limit of 100 ms"));
        Assert.That(result.Duration, Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    [Test]
    public async Task Given_variables_and_accounts_go_before_those_of_the_script()
    {
        var created = new List<string>();
        var options = new ScriptRunnerOptions
        {
            Variables = new Dictionary<string, string> { ["host"] = "example.net" },
            Accounts = new Dictionary<string, string> { ["b@example.net"] = "given" },
            CreateAccount = (jid, password, _) =>
            {
                created.Add($"{jid} {password}");
                return Task.CompletedTask;
            },
        };
        var script = ScriptParser.Parse("test.xmpp",
            """
            [Options]
                password: written
                register: yes
            [Variables]
                host: example.org
                name: a
            [Client] a
                jid: ${name}@${host}/x
            [Client] b
                jid: b@${host}
            ---
            wait 1ms
            """);

        var result = await new ScriptRunner(new TinyPeer(_ => null).Transport, options).RunAsync(script);

        Assert.That(result.Passed, Is.True, result.Report);
        Assert.That(created, Is.EqualTo(new[] { "a@example.net written" }));
    }

    [Test]
    public async Task Layout_is_not_sent()
    {
        XmppElement? sent = null;
        await RunAsync("romeo sends:\n    <message>\n        <body> kept </body>\n    </message>\nromeo receives:\n    <message/>", e =>
        {
            if (e.Name == "message") sent = e;
            return e.Name == "message" ? "<message/>" : null;
        });

        Assert.That(sent!.ToString(), Is.EqualTo("<message xmlns='jabber:client'><body> kept </body></message>"));
    }

    private static Task<ScriptResult> RunAsync(string steps, Func<XmppElement, string?> answer) =>
        new ScriptRunner(new TinyPeer(answer).Transport).RunAsync(ScriptParser.Parse("test.xmpp", Header + steps.ReplaceLineEndings("\n") + "\n"));

    // The peer says what it is told to say.
    private static string? Say(XmppElement element) => element.Is("say", "t") ? element.Text : null;
}
