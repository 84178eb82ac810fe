using XmppHost.Scripting;
using XmppHost.Scripting.Steps;

namespace XmppHost.Integration.Tests.Scripting;

[TestFixture]
public sealed class ScriptParserTests
{
    private const string Header =
        """
        # Two friends talk
        # Proves: RFC 6121 5.2; XEP-0085 5.1,
        #   XEP-0184 5

        [Options]
            timeout: 2s
            limit: 1m
            password: secret

        [Variables]
            room: lobby@rooms.${host}

        # Comments stand where they like.
        [Client] romeo
            jid: romeo@${host}/orchard
            ignore: presence, roster pushes
            tls: direct

        [Client] juliet
            jid: juliet@${host}
            password: other
            connect: authenticated

        ---

        """;

    [Test]
    public void The_header_is_read()
    {
        var script = Parse("romeo connects");

        Assert.That(script.Title, Is.EqualTo("Two friends talk"));
        Assert.That(script.Proves, Is.EqualTo(new[] { "RFC 6121 5.2", "XEP-0085 5.1", "XEP-0184 5" }));
        Assert.That(script.Limit, Is.EqualTo(TimeSpan.FromMinutes(1)));
        Assert.That(script.Variables, Is.EqualTo(new[] { KeyValuePair.Create("room", "lobby@rooms.${host}") }));
        var romeo = script.Clients["romeo"];
        Assert.That((romeo.Jid, romeo.Password, romeo.Tls, romeo.Timeout), Is.EqualTo(("romeo@${host}/orchard", "secret", (TlsMode?)TlsMode.Direct, TimeSpan.FromSeconds(2))));
        Assert.That(romeo.Ignore, Is.EqualTo(IgnoredStanzas.Presence | IgnoredStanzas.RosterPushes));
        var juliet = script.Clients["juliet"];
        Assert.That((juliet.Password, juliet.Tls, juliet.Connect), Is.EqualTo(("other", (TlsMode?)null, LoginStage.Authenticated)));
    }

    [TestCase("romeo connects", typeof(ClientStep))]
    [TestCase("romeo connects up to secured", typeof(ClientStep))]
    [TestCase("romeo reconnects up to authenticated", typeof(ClientStep))]
    [TestCase("romeo fails to connect", typeof(FailToConnectStep))]
    [TestCase("romeo fails to connect with not-authorized", typeof(FailToConnectStep))]
    [TestCase("romeo disconnects", typeof(ClientStep))]
    [TestCase("romeo drops", typeof(ClientStep))]
    [TestCase("romeo resumes", typeof(ClientStep))]
    [TestCase("romeo starts TLS", typeof(ClientStep))]
    [TestCase("romeo sends:\n    <presence/>", typeof(SendStep))]
    [TestCase("romeo sends raw: <presence", typeof(SendRawStep))]
    [TestCase("romeo sends raw:\n    <presence", typeof(SendRawStep))]
    [TestCase("romeo receives:\n    <presence/>\n\n    <message/>", typeof(ReceiveStep))]
    [TestCase("romeo receives exactly within 2s:\n\t<presence/>", typeof(ReceiveStep))]
    [TestCase("romeo eventually receives in any order:\n    <presence/>\n# between\n    <message/>", typeof(ReceiveStep))]
    [TestCase("romeo receives nothing", typeof(ReceiveNothingStep))]
    [TestCase("romeo receives nothing within 1.5s", typeof(ReceiveNothingStep))]
    [TestCase("romeo receives stream error policy-violation within 10s", typeof(ReceiveStreamErrorStep))]
    [TestCase("romeo receives stream close", typeof(ReceiveCloseStep))]
    [TestCase("romeo sees features:\n    <stream:features><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></stream:features>", typeof(FeaturesStep))]
    [TestCase("wait 200ms", typeof(WaitStep))]
    [TestCase("let nick = r${run}", typeof(LetStep))]
    [TestCase("romeo PUTs ${put} with 5 bytes \"hello\" expects 201", typeof(HttpStep))]
    [TestCase("romeo PUTs ${put} with 5000 bytes expects 201|204:\n    > Content-Type: text/plain", typeof(HttpStep))]
    [TestCase("romeo GETs ${get} expects 200 body \"say \\\"hello\\\" ${any}\":\n    < ETag: ${any}", typeof(HttpStep))]
    [TestCase("romeo HEADs ${get} expects 2xx", typeof(HttpStep))]
    [TestCase("romeo OPTIONS ${get}", typeof(HttpStep))]
    [TestCase("romeo DELETEs ${get} expects 405", typeof(HttpStep))]
    public void A_step_is_read(string step, Type type)
    {
        var read = Parse(step).Steps.Single();

        Assert.That(read, Is.InstanceOf(type));
        Assert.That(read.Line, Is.EqualTo(Header.Split('\n').Length));
        Assert.That(read.Text, Is.EqualTo(step.Split('\n')[0]));
    }

    [Test]
    public void The_words_of_receives_are_kept()
    {
        var step = (ReceiveStep)Parse("romeo eventually receives exactly in any order within 2s:\n    <a/>\n    <b/>").Steps.Single();

        Assert.That(step.Mode, Is.EqualTo(new ReceiveMode(true, true, true, TimeSpan.FromSeconds(2))));
        Assert.That(step.Expected.Select(e => e.Name), Is.EqualTo(new[] { "a", "b" }));
    }

    [TestCase("romeo recieves:\n    <a/>", 0, "'romeo recieves:' is not a step")]
    [TestCase("tybalt connects", 0, "there is no client 'tybalt'; there are romeo, juliet")]
    [TestCase("romeo sends:", 0, "an indented block of XML must follow")]
    [TestCase("romeo connects\n    <a/>", 1, "a block can follow only a line that ends with a colon")]
    [TestCase("romeo sends:\n    <a>\n    <b/>", 1, "the XML ends before its last element is closed")]
    [TestCase("romeo sends:\n    <a/>\n\n    <b></c>", 3, "this is not well-formed XML")]
    [TestCase("romeo sends:\n    <a x='${any}'/>", 0, "only variables can stand in")]
    [TestCase("romeo receives:\n    <a x='${no such}'/>", 0, "${no such} is neither a variable nor one of")]
    [TestCase("romeo receives within soon:\n    <a/>", 0, "'soon' is not a time")]
    [TestCase("romeo connects up to heaven", 0, "'heaven' is not a stage")]
    [TestCase("wait", 0, "'wait' is not a step")]
    [TestCase("let any = 1", 0, "'any' cannot be the name of a variable")]
    [TestCase("romeo GETs ${get}:\n    Accept: x", 1, "a header is written")]
    [TestCase("romeo sends raw: \\q", 0, "a backslash stands before")]
    public void A_step_that_cannot_be_read_is_named_with_file_and_line(string step, int lineOffset, string message)
    {
        var failure = Assert.Throws<ScriptSyntaxException>(() => Parse(step));

        Assert.That(failure!.Message, Does.StartWith($"talk.xmpp:{Header.Split('\n').Length + lineOffset}: ").And.Contain(message));
    }

    [Test]
    public void All_problems_are_listed_at_once()
    {
        var failure = Assert.Throws<ScriptSyntaxException>(() => ScriptParser.Parse("bad.xmpp", "[Client] romeo\n    colour: red\n[Server]\n---\nromeo sings\nromeo dances\n"));

        Assert.That(failure!.Problems.Select(p => p.Line), Is.EqualTo(new[] { 1, 2, 3, 5, 6 }));
        Assert.That(failure.Problems[0].Message, Is.EqualTo("client romeo has no jid"));
        Assert.That(failure.Problems[1].Message, Does.StartWith("there is no setting 'colour'"));
    }

    [Test]
    public void A_script_without_the_line_of_dashes_is_told_so() =>
        Assert.That(() => ScriptParser.Parse("x.xmpp", "[Client] romeo\n    jid: a@b\n"), Throws.InstanceOf<ScriptSyntaxException>().With.Message.Contains("no line of dashes"));

    [Test]
    public void Windows_line_endings_do_not_matter() =>
        Assert.That(ScriptParser.Parse("talk.xmpp", (Header + "romeo sends:\n    <presence/>\n").ReplaceLineEndings("\r\n")).Steps, Has.Count.EqualTo(1));

    private static Script Parse(string steps) => ScriptParser.Parse("talk.xmpp", Header + steps + "\n");
}
