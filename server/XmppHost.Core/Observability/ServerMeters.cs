using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace XmppHost.Core.Observability;

/// <summary>Makes the meters of one server and ends them with it. It is their scope, which tells them from those of another server in the process.</summary>
internal sealed class ServerMeters : IDisposable
{
    internal const string HostLabel = "host";

    private readonly ConcurrentBag<Meter> _meters = [];

    /// <param name="name"><c>XmppHost.</c> and the part of the server.</param>
    /// <param name="version">Of the part.</param>
    /// <param name="host">The virtual host that everything measured is about; null where it is about the process.</param>
    internal Meter Create(string name, Version? version = null, string? host = null)
    {
        var meter = new Meter(new MeterOptions(name)
        {
            Version = version?.ToString(3),
            Tags = host is null ? null : [KeyValuePair.Create(HostLabel, (object?)host)],
            Scope = this,
        });
        _meters.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        while (_meters.TryTake(out var meter)) meter.Dispose();
    }
}
