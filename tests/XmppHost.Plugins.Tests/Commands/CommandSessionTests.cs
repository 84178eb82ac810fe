namespace XmppHost.Plugins.Tests.Commands;

public sealed class CommandSessionTests
{
    [TestCase("<command xmlns='http://jabber.org/protocol/commands' node='create-bot' action='destroy'/>", "malformed-action")]
    [TestCase("<command xmlns='http://jabber.org/protocol/commands' node='create-bot' action='next'/>", "bad-action")]
    [TestCase("<command xmlns='http://jabber.org/protocol/commands' node='create-bot' action='complete'/>", "bad-action")]
    [TestCase("<command xmlns='http://jabber.org/protocol/commands' node='create-bot' action='cancel'/>", "bad-action")]
    [TestCase("<command xmlns='http://jabber.org/protocol/commands' node='create-bot' sessionid='mine'/>", "bad-sessionid")]
    [TestCase("<command xmlns='http://jabber.org/protocol/commands' node='create-bot' sessionid='000000000000000000000000111111111111111111111111'/>", "bad-sessionid")]
    [TestCase("<command xmlns='http://jabber.org/protocol/commands' node='create-bot' xml:lang='not a language'/>", "bad-locale")]
    public async Task What_makes_no_sense_has_its_own_condition(string command, string condition)
    {
        using var server = new CommandServer();

        var answer = await server.AskAsync(await server.ConnectAsync(), command);

        Assert.That(answer, Does.StartWith("<error type='modify'><bad-request ").And.Contain($"<{condition} xmlns='http://jabber.org/protocol/commands'/>"));
        Assert.That(server.Bot.Calls, Is.Empty);
    }

    [TestCase("<command xmlns='http://jabber.org/protocol/commands' node='nothing'/>", "set", "<item-not-found ")]
    [TestCase("<command xmlns='http://jabber.org/protocol/commands'/>", "set", "<bad-request ")]
    [TestCase("<command xmlns='http://jabber.org/protocol/commands' node='time'/>", "get", "<not-allowed ")]
    public async Task What_is_no_command_is_refused(string command, string type, string condition)
    {
        using var server = new CommandServer();

        Assert.That(await server.AskAsync(await server.ConnectAsync(), command, type), Does.Contain(condition));
    }

    [Test]
    public async Task Any_language_is_answered_in_English_and_the_first_one_holds()
    {
        using var server = new CommandServer();
        var romeo = await server.ConnectAsync();

        var first = await server.AskAsync(romeo, "<command xmlns='http://jabber.org/protocol/commands' node='create-bot'/>", lang: " xml:lang='fr-CA'");
        await server.AskAsync(romeo, CommandServer.Next(CommandServer.SessionOf(first), "next", "name=a"), lang: " xml:lang='de'");

        Assert.That(first, Does.Contain("xml:lang='en'"));
        Assert.That(server.Bot.Calls.Select(c => c.Language), Is.EqualTo(new[] { "fr-CA", "fr-CA" }));
    }

    [TestCase("juliet@example.org/balcony")]
    [TestCase("romeo@example.org/home")]
    public async Task Session_is_of_nobody_but_its_requester(string other)
    {
        using var server = new CommandServer();
        var session = CommandServer.SessionOf(await server.ExecuteAsync(await server.ConnectAsync()));
        var stranger = await server.ConnectAsync(other);

        foreach (var action in new[] { "execute", "next", "cancel", "prev" })
            Assert.That(await server.GoOnAsync(stranger, session, action, "name=a"), Does.Contain("<bad-sessionid "));
        Assert.That(server.Sessions.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task Session_that_nobody_goes_on_with_expires()
    {
        using var server = new CommandServer("sessionTimeout=1 min");
        var romeo = await server.ConnectAsync();
        var session = CommandServer.SessionOf(await server.ExecuteAsync(romeo));

        server.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.That(await server.GoOnAsync(romeo, session, "next", "name=a"), Does.Contain("executing"));
        server.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.That(await server.GoOnAsync(romeo, session, "prev"), Does.Contain("executing"), "every step counts anew");
        server.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.That(await server.GoOnAsync(romeo, session, "next", "name=a"), Does.Contain("<session-expired "));
        Assert.That(server.Sessions.Count, Is.Zero);
    }

    [Test]
    public async Task Oldest_session_of_an_account_ends_when_it_begins_one_too_many()
    {
        using var server = new CommandServer("maxSessionsPerAccount=2");
        var (romeo, home, juliet) = (await server.ConnectAsync(), await server.ConnectAsync("romeo@example.org/home"), await server.ConnectAsync("juliet@example.org/balcony"));
        var hers = CommandServer.SessionOf(await server.ExecuteAsync(juliet));
        var first = CommandServer.SessionOf(await server.ExecuteAsync(romeo));
        var second = CommandServer.SessionOf(await server.ExecuteAsync(home));
        var third = CommandServer.SessionOf(await server.ExecuteAsync(romeo));

        Assert.That(await server.GoOnAsync(romeo, first, "next", "name=a"), Does.Contain("<session-expired "));
        Assert.That(await server.GoOnAsync(home, second, "next", "name=a"), Does.Contain("executing"));
        Assert.That(await server.GoOnAsync(romeo, third, "next", "name=a"), Does.Contain("executing"));
        Assert.That(await server.GoOnAsync(juliet, hers, "next", "name=a"), Does.Contain("executing"));
    }

    [Test]
    public async Task Host_with_too_many_sessions_takes_no_more_for_a_while()
    {
        using var server = new CommandServer("maxSessions=2", "sessionTimeout=1 min");
        foreach (var name in new[] { "a", "b" }) await server.ExecuteAsync(await server.ConnectAsync($"{name}@example.org/x"));
        var late = await server.ConnectAsync("c@example.org/x");

        Assert.That(await server.ExecuteAsync(late), Does.StartWith("<error type='wait'><resource-constraint "));
        server.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await server.ExecuteAsync(late), Does.Contain("executing"));
    }

    [Test]
    public async Task Sessions_end_with_the_connection_of_their_requester()
    {
        using var server = new CommandServer();
        var (romeo, juliet) = (await server.ConnectAsync(), await server.ConnectAsync("juliet@example.org/balcony"));
        await server.ExecuteAsync(romeo);
        await server.ExecuteAsync(juliet);

        await server.DisconnectAsync(romeo);

        Assert.That(server.Sessions.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task Steps_of_one_session_never_overlap()
    {
        using var server = new CommandServer();
        var romeo = await server.ConnectAsync();
        var session = CommandServer.SessionOf(await server.ExecuteAsync(romeo));
        var gate = new TaskCompletionSource();
        server.Bot.Gate = gate.Task;

        var slow = server.GoOnAsync(romeo, session, "next", "name=a");
        Assert.That(await server.GoOnAsync(romeo, session, "next", "name=b"), Does.StartWith("<error type='wait'><unexpected-request "));
        gate.SetResult();

        Assert.That(await slow, Does.Contain("label='Create a'"));
        Assert.That(server.Bot.Calls, Has.Count.EqualTo(2));
    }
}
