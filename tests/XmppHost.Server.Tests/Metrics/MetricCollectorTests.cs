using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Core.Observability;
using XmppHost.Server.Metrics;

namespace XmppHost.Server.Tests.Metrics;

public sealed class MetricCollectorTests
{
    private ServerMeters _meters = null!;
    private MetricCollector _collector = null!;

    [SetUp]
    public void Start()
    {
        _meters = new ServerMeters();
        _collector = new MetricCollector(_meters, NullLogger.Instance);
    }

    [TearDown]
    public void Stop()
    {
        _collector.Dispose();
        _meters.Dispose();
    }

    [Test]
    public void Instruments_of_several_hosts_are_one_family_in_both_formats()
    {
        foreach (var (host, count) in new[] { ("a.example", 3), ("b.example", 4) })
        {
            var slots = Meter(host).CreateCounter<long>("upload.slots", "{slot}", "Slots \"given\".\\");
            slots.Add(1, new("purpose", "message"), new("backend", "s3"));
            slots.Add(count - 1, new("backend", "s3"), new("purpose", "message"));
        }

        Assert.That(Ours(openMetrics: true), Is.EqualTo("""
            # TYPE xmpphost_upload_slots counter
            # HELP xmpphost_upload_slots Slots \"given\".\\
            xmpphost_upload_slots_total{backend="s3",host="a.example",purpose="message"} 3
            xmpphost_upload_slots_total{backend="s3",host="b.example",purpose="message"} 4
            # EOF

            """));
        Assert.That(Ours(openMetrics: false), Is.EqualTo("""
            # TYPE xmpphost_upload_slots_total counter
            # HELP xmpphost_upload_slots_total Slots "given".\\
            xmpphost_upload_slots_total{backend="s3",host="a.example",purpose="message"} 3
            xmpphost_upload_slots_total{backend="s3",host="b.example",purpose="message"} 4

            """));
    }

    [Test]
    public void A_histogram_counts_what_is_at_most_each_bound()
    {
        var sizes = Meter().CreateHistogram("file.size", "By", "Sizes.", advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [10, 2000] });
        foreach (var size in new[] { 0L, 10, 11, 2000, 2001 }) sizes.Record(size);

        Assert.That(Ours(), Is.EqualTo("""
            # TYPE xmpphost_file_size_bytes histogram
            # UNIT xmpphost_file_size_bytes bytes
            # HELP xmpphost_file_size_bytes Sizes.
            xmpphost_file_size_bytes_bucket{host="a.example",le="10.0"} 2
            xmpphost_file_size_bytes_bucket{host="a.example",le="2000.0"} 4
            xmpphost_file_size_bytes_bucket{host="a.example",le="+Inf"} 5
            xmpphost_file_size_bytes_count{host="a.example"} 5
            xmpphost_file_size_bytes_sum{host="a.example"} 4022
            # EOF

            """));
    }

    [Test]
    public void Gauges_go_up_and_down_and_whole_numbers_stay_exact()
    {
        var meter = Meter();
        var open = meter.CreateUpDownCounter<int>("open");
        open.Add(5);
        open.Add(-2);
        var temperature = meter.CreateGauge<double>("temperature");
        temperature.Record(20);
        temperature.Record(-3.5);
        var served = meter.CreateCounter<long>("served", "By");
        served.Add(9_007_199_254_740_993);
        meter.CreateCounter<double>("spent.total", "s").Add(0.1);

        Assert.That(Samples(), Is.EqualTo(new[]
        {
            "xmpphost_open{host=\"a.example\"} 3",
            "xmpphost_served_bytes_total{host=\"a.example\"} 9007199254740993",
            "xmpphost_spent_seconds_total{host=\"a.example\"} 0.1",
            "xmpphost_temperature{host=\"a.example\"} -3.5",
        }));
    }

    [Test]
    public void Values_of_labels_are_escaped()
    {
        Meter().CreateCounter<int>("odd").Add(1, new KeyValuePair<string, object?>("a-b", "x\"y\\z\nü"));

        Assert.That(Samples(), Is.EqualTo(new[] { """xmpphost_odd_total{a_b="x\"y\\z\nü",host="a.example"} 1""" }));
    }

    [Test]
    public void An_observable_instrument_is_asked_at_each_scrape_and_what_it_does_not_tell_is_gone()
    {
        var files = new List<Measurement<long>> { new(1, new KeyValuePair<string, object?>("purpose", "message")), new(2, new KeyValuePair<string, object?>("purpose", "profile")) };
        Meter().CreateObservableGauge("files", () => files);
        Meter("b.example").CreateObservableGauge("files", () => long.Parse("the disk is gone"));
        Assert.That(Samples(), Has.Length.EqualTo(2));

        files.RemoveAt(0);

        Assert.That(Samples(), Is.EqualTo(new[] { "xmpphost_files{host=\"a.example\",purpose=\"profile\"} 2" }), "the one that fails does not stand in the way of the other");
    }

    [Test]
    public void Labels_that_a_stranger_chooses_do_not_fill_the_memory()
    {
        var names = Meter().CreateCounter<int>("names");
        for (var i = 0; i < 5000; i++) names.Add(1, new KeyValuePair<string, object?>("name", $"n{i}"));
        names.Add(7, new KeyValuePair<string, object?>("name", new string('x', 100_000)));
        names.Add(1, new KeyValuePair<string, object?>("name", "n0"));

        var samples = Samples();
        Assert.That(samples, Has.Length.EqualTo(MetricRecorder.MaxSeries + 1));
        Assert.That(samples, Has.Member($"xmpphost_names_total{{host=\"a.example\",overflow=\"true\"}} {5000 - MetricRecorder.MaxSeries + 7}"));
        Assert.That(samples, Has.Member("xmpphost_names_total{host=\"a.example\",name=\"n0\"} 2"));
    }

    [Test]
    public void A_value_that_is_too_long_leaves_the_others_their_series()
    {
        var names = Meter().CreateCounter<int>("names");
        names.Add(1, new KeyValuePair<string, object?>("name", new string('x', 100_000)));
        names.Add(1, new KeyValuePair<string, object?>("name", "short"));

        Assert.That(Samples(), Is.EqualTo(new[] { "xmpphost_names_total{host=\"a.example\",name=\"short\"} 1", "xmpphost_names_total{host=\"a.example\",overflow=\"true\"} 1" }));
    }

    [Test]
    public void Two_kinds_of_instruments_under_one_name_do_not_spoil_the_scrape()
    {
        Meter().CreateCounter<int>("slots").Add(1);
        Meter("b.example").CreateUpDownCounter<int>("slots").Add(2);
        Meter("b.example").CreateUpDownCounter<int>("slots.total").Add(2);

        Assert.That(Samples(), Is.EqualTo(new[] { "xmpphost_slots_total{host=\"a.example\"} 1" }));
    }

    [Test]
    public void Another_server_in_the_process_is_not_ours_to_tell_about()
    {
        using var others = new ServerMeters();
        others.Create("XmppHost.Test", host: "other.example").CreateCounter<int>("slots").Add(1);
        Meter().CreateCounter<int>("slots").Add(1);

        Assert.That(Samples(), Is.EqualTo(new[] { "xmpphost_slots_total{host=\"a.example\"} 1" }));
    }

    [Test]
    public void Measurements_from_many_threads_are_all_counted()
    {
        var meter = Meter();
        var (count, time) = (meter.CreateCounter<long>("count"), meter.CreateHistogram<double>("time", "s"));
        Parallel.For(0, 8, t =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                count.Add(1, new KeyValuePair<string, object?>("kind", i % 2 == 0 ? "even" : "odd"));
                time.Record(0.25);
            }
        });

        Assert.That(Samples(), Has.Member("xmpphost_count_total{host=\"a.example\",kind=\"odd\"} 40000").And.Member("xmpphost_time_seconds_sum{host=\"a.example\"} 20000")
            .And.Member("xmpphost_time_seconds_bucket{host=\"a.example\",le=\"0.25\"} 80000").And.Member("xmpphost_time_seconds_bucket{host=\"a.example\",le=\"0.1\"} 0"));
    }

    [Test]
    public void A_measurement_allocates_nothing()
    {
        var meter = Meter();
        var (count, time) = (meter.CreateCounter<long>("count"), meter.CreateHistogram<double>("time", "s"));
        KeyValuePair<string, object?> kind = new("kind", "message"), result = new("result", "done");
        void Measure()
        {
            count.Add(1);
            count.Add(1, kind);
            count.Add(1, kind, result);
            count.Add(1, result, kind);
            time.Record(0.004, kind);
        }

        Measure();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Measure();

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [TestCase("", true)]
    [TestCase("*/*", true)]
    [TestCase("application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", true)]
    [TestCase("application/openmetrics-text; version=0.0.1; q=0.9, text/plain;q=0.3", false)]
    [TestCase("text/plain", false)]
    [TestCase("text/plain;version=0.0.4;q=1,*/*;q=0.1", false)]
    [TestCase("text/html, application/xhtml+xml, */*;q=0.8", true)]
    [TestCase("not / a / type", true)]
    public void Openmetrics_is_written_unless_plain_text_is_wanted_more(string accept, bool openMetrics) =>
        Assert.That(MetricsEndpoint.IsOpenMetrics(accept.Length == 0 ? [] : [accept]), Is.EqualTo(openMetrics));

    private Meter Meter(string host = "a.example") => _meters.Create("XmppHost.Test", new Version(1, 2, 3), host);

    private string[] Samples() => [.. Ours().Split('\n').Where(l => l.StartsWith("xmpphost_", StringComparison.Ordinal))];

    // Without the runtime's own, which come first.
    private string Ours(bool openMetrics = true)
    {
        var text = new MetricText(openMetrics);
        _collector.Write(text);
        var all = Encoding.UTF8.GetString(text.ToBytes());
        var begin = all.IndexOf("# TYPE xmpphost_", StringComparison.Ordinal);
        return begin < 0 ? "" : all[begin..];
    }
}
