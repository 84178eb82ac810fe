using XmppHost.Benchmarks.Comparing;
using XmppHost.Benchmarks.Load;
using XmppHost.Benchmarks.Load.Measuring;
using XmppHost.Benchmarks.Peers;

namespace XmppHost.Benchmarks.Tests;

/// <summary>Files put to and fetched from upload services that others wrote, a web server, and ours.</summary>
[TestFixture("prosody")]
[TestFixture("ejabberd")]
[TestFixture("nginx")]
[TestFixture("xmpphost")]
internal sealed class TransferTests(string name)
{
    private static readonly PeerPlan Plan = new(1) { Uploads = UploadKind.Files };

    private RunningPeer _peer = null!;

    [OneTimeSetUp]
    public async Task StartServer() => _peer = await PeerCatalog.All(PeerCatalog.BuiltServer).Single(p => p.Name == name).StartAsync(Plan, CancellationToken.None);

    [OneTimeTearDown]
    public async Task StopServer() => await _peer.DisposeAsync();

    [TestCase("put-10k", 600, 0)]
    [TestCase("put-1m", 60, 0)]
    [TestCase("put-100m", 1, 0)]
    [TestCase("put-10k-tls", 600, 0)]
    [TestCase("put-1m-tls", 20, 0)]
    [TestCase("get-10k", 10, 6000)]
    [TestCase("get-1m", 5, 300)]
    [TestCase("get-100m", 1, 3)]
    [TestCase("get-10k-tls", 10, 3000)]
    [TestCase("get-1m-tls", 5, 50)]
    public void Every_file_comes_back_as_it_went_and_its_cost_is_known(string work, int files, int requests)
    {
        // the servers' later runs find the earlier ones' files: a template's names would be the same
        var report = Run(work, o => o with { Files = files, Requests = requests, UrlTemplate = o.UrlTemplate?.Replace("{0}", work + "-{0}") });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReportText.IsGood(report), ReportText.Readable(report));
            Assert.That(report.Received, Is.EqualTo(report.Sent).And.GreaterThan(files));
            Assert.That(report.Operations, Is.EqualTo(requests > 0 ? requests : files));
            Assert.That(report.ServerCpuMicroseconds, Is.GreaterThan(0));
            Assert.That(report.ServerCpuSecondsPerGigabyte, Is.GreaterThan(0));
            Assert.That(report.P99Microseconds, Is.GreaterThanOrEqualTo(report.P50Microseconds!.Value).And.GreaterThan(0));
        }
    }

    private LoadReport Run(string work, Func<LoadOptions, LoadOptions> adjust)
    {
        var chosen = WorkCatalog.All(0).Single(w => w.Name == work);
        return LoadRunner.Run(chosen.Mode, adjust(chosen.OptionsFor(_peer, Plan, 1)), CancellationToken.None);
    }
}
