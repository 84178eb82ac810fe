using XmppHost.Scripting;

namespace XmppHost.Integration.Tests.Streams;

/// <summary>RFC 6120 section 7.7.2.2: a resource that is bound already.</summary>
[TestFixture]
public sealed class BindingTests : StreamTest
{
    [Test]
    public async Task Older_session_is_replaced_unless_the_host_says_otherwise()
    {
        await StartAsync();
        var old = await LoginAsync("juliet@localhost/balcony");

        var young = await LoginAsync("juliet@localhost/balcony");

        Assert.That(young.Jid, Is.EqualTo("juliet@localhost/balcony"));
        Assert.That(await old.ExpectStreamErrorAsync(), Is.EqualTo("conflict"));
        await SettleAsync(young);
    }

    [Test]
    public async Task Newer_session_gets_another_resource_where_the_host_generates_one()
    {
        await StartAsync("defaults:auth:resourceConflict=generate");
        var old = await LoginAsync("juliet@localhost/balcony");

        var young = await LoginAsync("juliet@localhost/balcony");

        Assert.That(young.Jid, Does.StartWith("juliet@localhost/").And.Not.EqualTo("juliet@localhost/balcony"));
        await SettleAsync(old);
        await SettleAsync(young);
    }

    [Test]
    public async Task Newer_session_is_refused_where_the_host_refuses_and_may_try_another_resource()
    {
        await StartAsync("defaults:auth:resourceConflict=refuse");
        var old = await LoginAsync("juliet@localhost/balcony");
        var young = await LoginAsync("juliet@localhost/balcony", LoginStage.Authenticated);

        var refusal = await young.IqAsync(Bind("balcony"));
        var granted = await young.IqAsync(Bind("garden"));

        Assert.That(refusal.ToString(), Does.Contain("<conflict").And.Contains("type='modify'").Or.Contain("type=\"modify\""));
        Assert.That(granted.ToString(), Does.Contain("juliet@localhost/garden"));
        await SettleAsync(old);
        await SettleAsync(young);
    }

    [Test]
    public async Task Sessions_beyond_the_limit_of_an_account_are_refused()
    {
        await StartAsync("limits:sessionsPerAccount=1");
        await LoginAsync("juliet@localhost/balcony");
        var second = await LoginAsync("juliet@localhost/garden", LoginStage.Authenticated);

        Assert.That((await second.IqAsync(Bind("garden"))).ToString(), Does.Contain("resource-constraint"));
    }

    private static string Bind(string resource) =>
        $"<iq type='set'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>{resource}</resource></bind></iq>";
}
