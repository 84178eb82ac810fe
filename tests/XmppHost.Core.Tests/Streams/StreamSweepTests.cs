using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Core.Observability;
using XmppHost.Core.Streams;
using XmppHost.Core.Tests.Support;
using XmppHost.Core.Tests.Tls;
using XmppHost.Hosting;

namespace XmppHost.Core.Tests.Streams;

internal sealed class StreamSweepTests
{
    [Test]
    public async Task Session_whose_time_is_over_ends_and_a_plugin_that_fails_at_that_stops_neither_the_others_nor_the_next_round()
    {
        var core = new TestCore(new KeepAll(), new FailingObserver());
        var first = Detach(core, "juliet@localhost/balcony", TimeSpan.FromMinutes(1));
        var second = Detach(core, "romeo@localhost/orchard", TimeSpan.FromMinutes(1));
        Detach(core, "nurse@localhost/kitchen", TimeSpan.FromMinutes(3));
        first.Session.Deliver(TestCore.Parse("<message to='juliet@localhost' id='m'><body>x</body></message>"), Core.Sessions.Durability.Account);
        await using var sweep = new StreamSweep(Server(core), Environment(core));

        core.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.That(core.Host.Sessions.Count, Is.EqualTo(3));
        core.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(core.Host.Sessions.All().Select(s => s.Jid.Local), Is.EqualTo(new[] { "nurse" }));
        Assert.That(core.HostLog.Lines.Select(l => l.Level), Is.EqualTo(new[] { LogLevel.Error, LogLevel.Error }), "told, and survived");
        Assert.That(core.Log.Offline.Select(r => TestCore.IdOf(r.Stanza)), Is.EqualTo(new[] { "m" }));

        core.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.That(core.Host.Sessions.Count, Is.Zero);
        Assert.That(second.Session.Send(TestCore.Parse("<message/>")), Is.False);
    }

    private static Device Detach(TestCore core, string jid, TimeSpan window)
    {
        var device = core.Bind(jid);
        device.Session.Reliability.Enable(window);
        device.Session.Detach(device.Outbox, keep: true);
        return device;
    }

    private static XmppServer Server(TestCore core) => new(core.Hosts, null!, Environment(core), NullLogger<XmppServer>.Instance);

    private static StreamEnvironment Environment(TestCore core) =>
        new(core.Hosts, core.Router, core.Log, null!, new ServerOptions(new LimitOptions()), core.Time, new CoreMetrics(new ServerMeters()), NullLogger<ClientStream>.Instance);

    private sealed class FailingObserver : ISessionObserver
    {
        public ValueTask EndedAsync(ISession session) => throw new InvalidOperationException("a bug");
    }
}
