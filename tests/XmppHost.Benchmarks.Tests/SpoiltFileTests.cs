using XmppHost.Benchmarks.Load;
using XmppHost.Benchmarks.Load.Measuring;

namespace XmppHost.Benchmarks.Tests;

/// <summary>A store that loses or changes files has no figures.</summary>
internal sealed class SpoiltFileTests
{
    private const int Files = 40;   // and 8 before them

    [TestCase(10, int.MaxValue, int.MaxValue)]
    [TestCase(int.MaxValue, 7, int.MaxValue)]
    [TestCase(int.MaxValue, int.MaxValue, 12)]
    [TestCase(16, 7, 12)]
    public async Task Every_lost_changed_and_cut_file_is_counted(int loseEvery, int changeEvery, int cutEvery)
    {
        await using var store = new FaultyStore(loseEvery, changeEvery, cutEvery);
        var report = LoadRunner.Run(LoadMode.Put, Options(store), CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Lost, Is.EqualTo(store.Spoilt).And.GreaterThan(0), ReportText.Readable(report));
            Assert.That(report.Sent, Is.EqualTo(Files * 6 / 5));
            Assert.That(ReportText.IsGood(report), Is.False);
            Assert.That(report.Problems, Is.Not.Empty);
        }
    }

    [Test]
    public async Task Store_that_keeps_everything_is_good()
    {
        await using var store = new FaultyStore();
        var report = LoadRunner.Run(LoadMode.Put, Options(store), CancellationToken.None);
        Assert.That(ReportText.IsGood(report), ReportText.Readable(report));
        Assert.That(report.Received, Is.EqualTo(report.Sent).And.EqualTo(Files * 6 / 5));
    }

    [Test]
    public async Task Changed_files_are_noticed_each_time_they_are_fetched()
    {
        await using var store = new FaultyStore(changeEvery: 4);
        var report = LoadRunner.Run(LoadMode.Get, Options(store) with { Files = 4, Requests = 40 }, CancellationToken.None);
        Assert.That(report.Lost, Is.EqualTo(12), ReportText.Readable(report));   // a quarter of 40 and of the 8 before them
        Assert.That(report.Problems, Has.Some.Contains("other content"));
    }

    [Test]
    public async Task Files_that_are_not_taken_are_a_problem()
    {
        await using var store = new FaultyStore();
        var report = LoadRunner.Run(LoadMode.Get, Options(store) with { UrlTemplate = store.UrlTemplate.Replace(".jpg", ".refused") }, CancellationToken.None);
        Assert.That(ReportText.IsGood(report), Is.False);
        Assert.That(report.Problems, Has.Some.Contains("status 403"));
    }

    private static LoadOptions Options(FaultyStore store) =>
        new() { Server = store.EndPoint, Files = Files, Requests = Files, FileBytes = 30_000, UrlTemplate = store.UrlTemplate, Connections = 3 };
}
