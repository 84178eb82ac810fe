using System.Diagnostics.Metrics;
using XmppHost.Core.Plugins;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace XmppHost.Server.Metrics;

/// <summary>Keeps the measurements of a server's instruments, those of its plugins among them, and of the runtime, for whoever scrapes them.</summary>
internal sealed partial class MetricCollector : IDisposable
{
    private const string RuntimeMeter = "System.Runtime";

    private readonly object _scope;
    private readonly ILogger _logger;
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MetricFamily> _families = [];
    private readonly HashSet<string> _names = [];
    private readonly List<MetricRecorder> _observed = [];

    // Held during a scrape: observable instruments are asked by one at a time.
    private readonly Lock _scrape = new();

    /// <param name="scope">The scope of the server's meters.</param>
    internal MetricCollector(object scope, ILogger logger)
    {
        _scope = scope;
        _logger = logger;
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => ((MetricRecorder)state!).Record((long)value, tags));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, state) => ((MetricRecorder)state!).Record((long)value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => ((MetricRecorder)state!).Record((long)value, tags));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((MetricRecorder)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => ((MetricRecorder)state!).Record((double)value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((MetricRecorder)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => ((MetricRecorder)state!).Record((double)value, tags));
        _listener.Start();
    }

    /// <summary>Asks the observable instruments, and writes everything, families in the order of their names.</summary>
    internal void Write(MetricText text)
    {
        lock (_scrape)
        {
            Observe();
            MetricFamily[] families;
            lock (_gate) families = [.. _families.Values.OrderBy(f => f.Shape.Name, StringComparer.Ordinal)];
            foreach (var family in families) family.Write(text);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Observe()
    {
        lock (_gate)
        {
            foreach (var recorder in _observed)
            {
                recorder.Clear();
                recorder.Family.Clear();
            }
        }

        try
        {
            _listener.RecordObservableInstruments();
        }
        catch (AggregateException e)
        {
            // The others were asked all the same.
            foreach (var inner in e.InnerExceptions) NotObserved(inner.GetType().Name, Failure.Line(inner));
        }
    }

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (!ReferenceEquals(instrument.Meter.Scope, _scope) && instrument.Meter.Name != RuntimeMeter) return;
        if (MetricShape.Of(instrument) is not { } shape) return;
        MetricRecorder recorder;
        lock (_gate)
        {
            if (FamilyOf(shape) is not { } family)
            {
                NotCollected(instrument.Meter.Name, instrument.Name, shape.Name);
                return;
            }

            recorder = new MetricRecorder(family, [.. instrument.Meter.Tags ?? [], .. instrument.Tags ?? []]);
            if (shape.IsObservable) _observed.Add(recorder);
        }

        listener.EnableMeasurementEvents(instrument, recorder);
    }

    /// <summary>Null when the name is that of another kind of instrument: a scrape with both would be read by nobody.</summary>
    private MetricFamily? FamilyOf(MetricShape shape)
    {
        if (_families.TryGetValue(shape.Name, out var family))
            return family.Shape.Type == shape.Type && family.Shape.IsObservable == shape.IsObservable && family.Shape.Unit == shape.Unit ? family : null;
        if (shape.ReservedNames.Any(_names.Contains)) return null;
        _names.UnionWith(shape.ReservedNames);
        return _families[shape.Name] = new MetricFamily(shape);
    }

    [LoggerMessage(1, LogLevel.Warning, "the instrument {Instrument} of {Meter} is not collected: {Name} is the name of another kind of instrument")]
    private partial void NotCollected(string meter, string instrument, string name);

    [LoggerMessage(2, LogLevel.Warning, "an instrument could not be asked for its measurements: {Kind}: {Reason}")]
    private partial void NotObserved(string kind, string reason);
}
