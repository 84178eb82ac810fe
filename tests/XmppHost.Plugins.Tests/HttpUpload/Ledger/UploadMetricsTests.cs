using System.Diagnostics.Metrics;
using XmppHost.Plugins.HttpUpload.Backends;
using XmppHost.Plugins.HttpUpload.Ledger;

namespace XmppHost.Plugins.Tests.HttpUpload.Ledger;

public sealed class UploadMetricsTests
{
    [Test]
    public async Task Everything_that_happens_is_counted()
    {
        using var server = new UploadServer(true, ["maxFileSize=1 KiB", "filesPerUser=3", "retention=1 h", "purposes:profile:filesPerUser=1"], time => new FakeBackend(time));
        var seen = new SortedDictionary<string, double>(StringComparer.Ordinal);
        using var listener = Listen(server.Meter, seen);
        var backend = (FakeBackend)server.Get<IUploadBackend>();

        await server.AskForSlotAsync(size: "100");
        foreach (var entry in await server.Ledger.ListAsync(new("example.org"), default)) backend.Files[entry.Key] = 0;
        await server.AskForSlotAsync(size: "200");
        await server.AskAsync("<request xmlns='urn:xmpp:http:upload:0' filename='a' size='50'><profile xmlns='urn:xmpp:http:upload:purpose:0'/></request>");
        await server.AskAsync("<request xmlns='urn:xmpp:http:upload:0' filename='a' size='50'><profile xmlns='urn:xmpp:http:upload:purpose:0'/></request>");
        await server.AskForSlotAsync(size: "5000");
        await server.AskForSlotAsync(name: "");
        await server.AskAsync("<request xmlns='urn:xmpp:http:upload:0' filename='a' size='1'/>", isAnonymous: true);
        backend.IsDown = true;
        await server.AskForSlotAsync();
        backend.IsDown = false;

        server.Time.Advance(TimeSpan.FromMinutes(10));
        await SweepAsync(server);
        listener.RecordObservableInstruments();
        server.Time.Advance(TimeSpan.FromHours(1));
        await SweepAsync(server);

        Assert.That(seen.Select(s => $"{s.Key} {s.Value}"), Is.EqualTo(new[]
        {
            "xmpphost.upload.backend.errors backend=s3 operation=slot 1",
            "xmpphost.upload.files backend=s3 purpose=message 1",
            "xmpphost.upload.promised backend=s3 purpose=message 300",
            "xmpphost.upload.promised backend=s3 purpose=profile 50",
            "xmpphost.upload.refusals backend=s3 reason=access 1",
            "xmpphost.upload.refusals backend=s3 reason=backend purpose=message 1",
            "xmpphost.upload.refusals backend=s3 reason=quota purpose=profile 1",
            "xmpphost.upload.refusals backend=s3 reason=size purpose=message 1",
            "xmpphost.upload.refusals backend=s3 reason=syntax 1",
            "xmpphost.upload.slot.duration backend=s3 purpose=message 2",
            "xmpphost.upload.slot.duration backend=s3 purpose=profile 1",
            "xmpphost.upload.slots backend=s3 purpose=message 2",
            "xmpphost.upload.slots backend=s3 purpose=profile 1",
            "xmpphost.upload.stored backend=s3 purpose=message 100",
            "xmpphost.upload.swept backend=s3 purpose=message reason=expired 1",
            "xmpphost.upload.swept backend=s3 purpose=message reason=unused 1",
            "xmpphost.upload.swept backend=s3 purpose=profile reason=unused 1",
        }));
    }

    private static Task<bool> SweepAsync(UploadServer server) => server.Get<Sweeper>().SweepAsync(server.Time.GetUtcNow(), default);

    /// <summary>Sums of what is measured; of times, how many there were.</summary>
    private static MeterListener Listen(Meter meter, SortedDictionary<string, double> seen)
    {
        var listener = new MeterListener { InstrumentPublished = (instrument, l) => { if (instrument.Meter == meter) l.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(seen, instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(seen, instrument, 1, tags));
        listener.Start();
        return listener;
    }

    private static void Add(SortedDictionary<string, double> seen, Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = instrument.Name;
        foreach (var (name, label) in tags) key += $" {name}={label}";
        lock (seen) seen[key] = seen.GetValueOrDefault(key) + value;
    }
}
