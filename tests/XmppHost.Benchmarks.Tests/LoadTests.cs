using XmppHost.Benchmarks.Comparing;
using XmppHost.Benchmarks.Load;
using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Peers;

namespace XmppHost.Benchmarks.Tests;

/// <summary>The load generator against servers that others wrote, and against ours.</summary>
[TestFixture("prosody")]
[TestFixture("ejabberd")]
[TestFixture("xmpphost")]
internal sealed class LoadTests(string name)
{
    private static readonly PeerPlan Plan = new(20);

    private RunningPeer _peer = null!;

    [OneTimeSetUp]
    public async Task StartServer() => _peer = await StartAsync();

    [OneTimeTearDown]
    public async Task StopServer() => await _peer.DisposeAsync();

    [TestCase("login")]
    [TestCase("login-tls")]
    [TestCase("chat")]
    [TestCase("chat-tls")]
    [TestCase("chat-acks")]
    [TestCase("chat-500")]
    [TestCase("slots")]
    public void Every_operation_is_answered_and_its_cost_is_known(string work)
    {
        var report = Run(work, o => o);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReportText.IsGood(report), ReportText.Readable(report));
            Assert.That(report.Received, Is.EqualTo(report.Sent).And.GreaterThan(0));
            Assert.That(report.ServerCpuMicroseconds, Is.GreaterThan(0));
            Assert.That(report.P99Microseconds, Is.GreaterThanOrEqualTo(report.P50Microseconds!.Value).And.GreaterThan(0));
        }
    }

    [Test]
    public void Acknowledgements_cover_every_stanza_sent()
    {
        var report = Run("chat-acks", o => o);
        Assert.That(report.Acknowledged, Is.EqualTo(report.Sent).And.GreaterThan(0));
    }

    [Test]
    public void A_rate_is_kept()
    {
        var report = Run("chat", o => o with { Rate = 200, Seconds = 2 });
        Assert.That(report.OperationsPerSecond, Is.EqualTo(200).Within(10).Percent, ReportText.Readable(report));
    }

    [Test]
    public void Idle_sessions_stay_and_take_memory()
    {
        var report = Run("idle", o => o with { Seconds = 0.5 });
        Assert.That(ReportText.IsGood(report), ReportText.Readable(report));
        Assert.That(report.Sessions, Is.EqualTo(Plan.Accounts));
        Assert.That(report.PssKilobytesAfter, Is.GreaterThan(1000));
    }

    [Test]
    public void Registered_accounts_can_log_in()
    {
        var report = LoadRunner.Run(LoadMode.Register, Options("login-tls") with { UserPrefix = "fresh", Users = 5 }, CancellationToken.None);
        Assert.That(ReportText.IsGood(report), ReportText.Readable(report));
        Assert.That(ReportText.IsGood(Run("login", o => o with { UserPrefix = "fresh", Users = 5 })));
    }

    [Test]
    public async Task Wrong_passwords_are_a_problem_and_no_figure()
    {
        // on a server of its own: whoever guessed wrong is slowed for a while
        await using var another = await StartAsync();
        var report = Run("login", o => o with { Server = another.Clients, Pid = another.Pid, Password = "not it" });
        Assert.That(ReportText.IsGood(report), Is.False);
        Assert.That(report.Problems, Has.Some.Contains("not-authorized"));
    }

    [Test]
    public async Task Lost_and_doubled_messages_are_counted_exactly()
    {
        await using var relay = new FaultyRelay(_peer.Clients, dropEvery: 50, doubleEvery: 30);
        // every drop takes a place of its sender's window for good, so the window has to outlast the run
        var report = Run("chat", o => o with { Server = relay.EndPoint, Rate = 500, Window = 1000, Users = 4 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Lost, Is.EqualTo(relay.Dropped).And.GreaterThan(0));
            Assert.That(report.Duplicated, Is.EqualTo(relay.Doubled).And.GreaterThan(0));
            Assert.That(report.Sent, Is.EqualTo(relay.Messages));
            Assert.That(ReportText.IsGood(report), Is.False);
        }
    }

    private Task<RunningPeer> StartAsync() => PeerCatalog.All(PeerCatalog.BuiltServer).Single(p => p.Name == name).StartAsync(Plan, CancellationToken.None);

    private LoadReport Run(string work, Func<LoadOptions, LoadOptions> adjust) =>
        LoadRunner.Run(Work(work).Mode, adjust(Options(work)), CancellationToken.None);

    private LoadOptions Options(string work) => Work(work).OptionsFor(_peer, Plan, 1) with { Users = Plan.Accounts, Seconds = 1, Warmup = 0.2 };

    private static Work Work(string name) => WorkCatalog.All(Plan.Accounts).Single(w => w.Name == name);
}
