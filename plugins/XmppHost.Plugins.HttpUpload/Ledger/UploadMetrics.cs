using System.Diagnostics;
using System.Diagnostics.Metrics;
using XmppHost.Plugins.HttpUpload.Policy;
using XmppHost.Plugins.HttpUpload.Slots;
using XmppHost.Storage;

namespace XmppHost.Plugins.HttpUpload.Ledger;

/// <summary>The plugin's instruments. The meter has the host's label; these add backend and purpose.</summary>
internal sealed class UploadMetrics
{
    private readonly KeyValuePair<string, object?> _backend;
    private readonly Counter<long> _issued;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _promised;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _swept;
    private volatile IReadOnlyList<UploadTotal> _totals = [];

    internal UploadMetrics(Meter meter, string backend)
    {
        _backend = KeyValuePair.Create("backend", (object?)backend);
        _issued = meter.CreateCounter<long>("xmpphost.upload.slots", "{slot}", "Upload slots issued.");
        _duration = meter.CreateHistogram<double>("xmpphost.upload.slot.duration", "s", "Time from an upload slot's request to its answer.");
        _promised = meter.CreateCounter<long>("xmpphost.upload.promised", "By", "Bytes that issued upload slots are for.");
        _refused = meter.CreateCounter<long>("xmpphost.upload.refusals", "{slot}", "Requests for upload slots that were refused, by reason.");
        _errors = meter.CreateCounter<long>("xmpphost.upload.backend.errors", "{error}", "Failures of the backend that keeps uploaded files, by what was asked of it.");
        _swept = meter.CreateCounter<long>("xmpphost.upload.swept", "{file}", "Uploads that the sweeper removed: expired files, slots that were never used.");
        meter.CreateObservableGauge("xmpphost.upload.files", () => Observe(t => t.Files), "{file}", "Uploaded files that are stored.");
        meter.CreateObservableGauge("xmpphost.upload.stored", () => Observe(t => t.Bytes), "By", "Bytes of uploaded files that are stored.");
    }

    internal long Start() => _duration.Enabled ? Stopwatch.GetTimestamp() : 0;

    internal void Issued(SlotOrder order, long started)
    {
        var purpose = Label(order.Purpose.Name);
        _issued.Add(1, _backend, purpose);
        _promised.Add(order.Size, _backend, purpose);
        if (started != 0) _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, _backend, purpose);
    }

    internal void Refused(RefusalReason reason, Purpose? purpose)
    {
        if (!_refused.Enabled) return;
        var why = KeyValuePair.Create("reason", (object?)reason.ToString().ToLowerInvariant());
        if (purpose is null) _refused.Add(1, _backend, why);
        else _refused.Add(1, _backend, why, Label(purpose.Name));
    }

    /// <param name="operation">What was asked of it: slot, exists, delete, open.</param>
    internal void BackendFailed(string operation) => _errors.Add(1, _backend, KeyValuePair.Create("operation", (object?)operation));

    /// <param name="why"><c>expired</c> or <c>unused</c>.</param>
    internal void Swept(UploadEntry entry, string why) => _swept.Add(1, _backend, Label(entry.Purpose), KeyValuePair.Create("reason", (object?)why));

    /// <summary>What is stored, as the ledger had it lately.</summary>
    internal void Stored(IReadOnlyList<UploadTotal> totals) => _totals = [.. totals.GroupBy(t => t.Purpose).Select(g => new UploadTotal(null, g.Key, g.Sum(t => t.Files), g.Sum(t => t.Bytes)))];

    private IEnumerable<Measurement<long>> Observe(Func<UploadTotal, long> value) => _totals.Select(t => new Measurement<long>(value(t), _backend, Label(t.Purpose)));

    private static KeyValuePair<string, object?> Label(string purpose) => KeyValuePair.Create("purpose", (object?)purpose);
}
