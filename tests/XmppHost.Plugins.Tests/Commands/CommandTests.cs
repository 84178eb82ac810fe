using XmppHost.Plugins.Tests.Support;

namespace XmppHost.Plugins.Tests.Commands;

public sealed class CommandTests
{
    private const string FirstForm =
        "<x xmlns='jabber:x:data' type='form'><title>Create a bot</title><instructions>Fill this in.</instructions>"
        + "<field type='hidden' var='FORM_TYPE'><value>urn:example:bot</value></field>"
        + "<field type='fixed'><value>About the bot</value></field>"
        + "<field label='Name' type='text-single' var='name'><desc>What people call it.</desc><required/></field>"
        + "<field label='Languages' type='list-multi' var='languages'><value>en</value><option label='English'><value>en</value></option><option label='German'><value>de</value></option></field>"
        + "<field label='Owner' type='jid-single' var='owner'/>"
        + "<field type='hidden' var='key'><value>k1</value></field></x>";

    private CommandServer _server = null!;
    private FakeSession _romeo = null!;

    [SetUp]
    public async Task Start()
    {
        _server = new CommandServer();
        _romeo = await _server.ConnectAsync();
    }

    [TearDown]
    public void Stop() => _server.Dispose();

    [Test]
    public async Task Commands_are_found_by_service_discovery()
    {
        Assert.That(await _server.InfoAsync(_romeo, null), Does.Contain("<feature var='http://jabber.org/protocol/commands'/>"));
        Assert.That(await _server.ItemsAsync(_romeo, "http://jabber.org/protocol/commands"), Is.EqualTo(
            "<query xmlns='http://jabber.org/protocol/disco#items' node='http://jabber.org/protocol/commands'>"
            + "<item jid='example.org' name='Create a bot' node='create-bot'/><item jid='example.org' name='What time is it?' node='time'/></query>"));
        Assert.That(await _server.InfoAsync(_romeo, "http://jabber.org/protocol/commands"), Does.Contain("<identity category='automation' name='Commands' type='command-list'/>"));
        Assert.That(await _server.InfoAsync(_romeo, "create-bot"), Is.EqualTo(
            "<query xmlns='http://jabber.org/protocol/disco#info' node='create-bot'><identity category='automation' name='Create a bot' type='command-node'/>"
            + "<feature var='http://jabber.org/protocol/commands'/><feature var='jabber:x:data'/></query>"));
        Assert.That(await _server.ItemsAsync(_romeo, "create-bot"), Is.EqualTo("<query xmlns='http://jabber.org/protocol/disco#items' node='create-bot'/>"));
        Assert.That(await _server.InfoAsync(_romeo, "nothing"), Does.Contain("<item-not-found "));
    }

    [Test]
    public async Task Whom_a_command_is_not_for_does_not_see_it_and_may_not_run_it()
    {
        var guest = await _server.ConnectAsync("guest7@example.org/x");

        Assert.That(await _server.ItemsAsync(guest, "http://jabber.org/protocol/commands"), Does.Contain("node='time'").And.Not.Contain("create-bot"));
        Assert.That(await _server.InfoAsync(guest, "create-bot"), Does.StartWith("<error type='cancel'><forbidden "));
        Assert.That(await _server.ItemsAsync(guest, "create-bot"), Does.StartWith("<error type='cancel'><forbidden "));
        Assert.That(await _server.ExecuteAsync(guest), Does.StartWith("<error type='cancel'><forbidden "));
        Assert.That(_server.Bot.Calls, Is.Empty);
    }

    [Test]
    public async Task Command_without_forms_is_done_at_once()
    {
        Assert.That(
            await _server.ExecuteAsync(_romeo, "time"),
            Does.Match("^<command xmlns='http://jabber.org/protocol/commands' node='time' sessionid='[0-9a-f]+' status='completed' xml:lang='en'><note type='info'>Late.</note></command>$"));
        Assert.That(_server.Sessions.Count, Is.Zero);
    }

    [Test]
    public async Task Forms_lead_from_step_to_step_to_a_table_of_results()
    {
        var first = await _server.ExecuteAsync(_romeo);
        var session = CommandServer.SessionOf(first);
        Assert.That(first, Is.EqualTo(Executing(session, "<actions execute='next'><next/></actions>" + FirstForm)));

        var second = await _server.GoOnAsync(_romeo, session, null, "name=puck", "languages=en", "languages=de");
        Assert.That(second, Is.EqualTo(Executing(
            session,
            "<actions execute='complete'><prev/><complete/></actions><x xmlns='jabber:x:data' type='form'><field type='hidden' var='FORM_TYPE'><value>urn:example:bot</value></field>"
            + "<field label='Create puck' type='boolean' var='sure'><required/><value>0</value></field></x><note type='warn'>Nearly there.</note>")));

        var done = await _server.GoOnAsync(_romeo, session, "complete", "sure=true");
        Assert.That(done, Is.EqualTo(
            $"<command xmlns='http://jabber.org/protocol/commands' node='create-bot' sessionid='{session}' status='completed' xml:lang='en'>"
            + "<x xmlns='jabber:x:data' type='result'><field type='hidden' var='FORM_TYPE'><value>urn:example:bot</value></field>"
            + "<reported><field label='Name' type='text-single' var='name'/><field label='Address' type='jid-single' var='jid'/></reported>"
            + "<item><field var='name'><value>puck</value></field><field var='jid'><value>puck@bots.example.org</value></field></item></x>"
            + "<note type='info'>Created puck.</note></command>"));
        Assert.That(_server.Sessions.Count, Is.Zero);
    }

    [Test]
    public async Task Failure_at_the_end_is_a_note_of_type_error()
    {
        var session = await AtSecondFormAsync();

        Assert.That(await _server.GoOnAsync(_romeo, session, "complete", "sure=0"), Does.Contain("status='completed'").And.Contain("<note type='error'>Nothing was created.</note>"));
    }

    [Test]
    public async Task Going_back_shows_the_form_before_as_it_was_filled_in()
    {
        var session = await AtSecondFormAsync("languages=de");

        var first = await _server.GoOnAsync(_romeo, session, "prev");

        Assert.That(first, Does.Contain("<actions execute='next'><next/></actions>")
            .And.Contain("<required/><value>puck</value></field>").And.Contain("<value>de</value><option ").And.Contain("<value>k1</value>"));
        Assert.That(await _server.GoOnAsync(_romeo, session, "prev"), Does.Contain("<bad-action "), "there is no form before the first");
        Assert.That(await _server.GoOnAsync(_romeo, session, "next", "name=robin"), Does.Contain("label='Create robin'"));
        Assert.That(await _server.GoOnAsync(_romeo, session, "execute", "sure=1"), Does.Contain("Created robin."));
    }

    [Test]
    public async Task Canceled_session_is_over()
    {
        var session = CommandServer.SessionOf(await _server.ExecuteAsync(_romeo));

        Assert.That(
            await _server.GoOnAsync(_romeo, session, "cancel"),
            Is.EqualTo($"<command xmlns='http://jabber.org/protocol/commands' node='create-bot' sessionid='{session}' status='canceled' xml:lang='en'/>"));
        Assert.That(await _server.GoOnAsync(_romeo, session, "next", "name=a"), Does.StartWith("<error type='cancel'><not-allowed ").And.Contain("<session-expired xmlns='http://jabber.org/protocol/commands'/>"));
    }

    [Test]
    public async Task Refusal_of_a_step_leaves_the_form_to_be_submitted_again()
    {
        var session = CommandServer.SessionOf(await _server.ExecuteAsync(_romeo));

        Assert.That(await _server.GoOnAsync(_romeo, session, "next", "name=taken"), Does.StartWith("<error type='cancel'><conflict "));
        Assert.That(await _server.GoOnAsync(_romeo, session, "next", "name=free"), Does.Contain("label='Create free'"));
    }

    [TestCase("Name: this is needed.", "languages=en")]
    [TestCase("Name: this is needed.", "name=")]
    [TestCase("Name: one value is expected.", "name=a", "name=b")]
    [TestCase("Languages: choose among what is offered.", "name=a", "languages=fr")]
    [TestCase("Owner: this is not an address.", "name=a", "owner=@")]
    [TestCase("This is another form than the one that was asked for.", "name=a", "FORM_TYPE=urn:example:other")]
    [TestCase("The form is missing.")]
    public async Task Form_that_does_not_answer_the_question_is_a_bad_payload(string problem, params string[] fields)
    {
        var session = CommandServer.SessionOf(await _server.ExecuteAsync(_romeo));

        var answer = await _server.GoOnAsync(_romeo, session, "next", fields);

        Assert.That(answer, Is.EqualTo(
            $"<error type='modify'><bad-request xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'>{problem}</text>"
            + "<bad-payload xmlns='http://jabber.org/protocol/commands'/></error>"));
        Assert.That(_server.Bot.Calls, Has.Count.EqualTo(1), "the command never sees it");
    }

    [Test]
    public async Task Command_sees_the_fields_that_it_asked_for_and_no_others()
    {
        var session = CommandServer.SessionOf(await _server.ExecuteAsync(_romeo));

        await _server.GoOnAsync(_romeo, session, null, "name=puck", "owner=", "extra=1", "key=k2");

        Assert.That(_server.Bot.Calls[^1].Form!.Fields.Select(f => $"{f.Var}={string.Join(',', f.Values)}"), Is.EqualTo(new[] { "name=puck", "key=k2" }));
        Assert.That(_server.Bot.Calls[^1].State, Is.EqualTo("first"));
    }

    private async Task<string> AtSecondFormAsync(params string[] fields)
    {
        var session = CommandServer.SessionOf(await _server.ExecuteAsync(_romeo));
        await _server.GoOnAsync(_romeo, session, "next", ["name=puck", .. fields]);
        return session;
    }

    private static string Executing(string session, string content) =>
        $"<command xmlns='http://jabber.org/protocol/commands' node='create-bot' sessionid='{session}' status='executing' xml:lang='en'>{content}</command>";
}
