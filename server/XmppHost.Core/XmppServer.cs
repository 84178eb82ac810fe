using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using XmppHost.Addressing;
using XmppHost.Core.Sessions;
using XmppHost.Core.Streams;
using XmppHost.Core.VHosts;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Core;

/// <summary>The running server: its hosts, its streams, its start and its end.</summary>
internal sealed class XmppServer(HostTable hosts, IStorage storage, StreamEnvironment env, ILogger<XmppServer> logger) : IDisposable
{
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ClientStream, bool> _streams = new();
    private readonly ConcurrentDictionary<IPAddress, int> _addresses = new();
    private readonly CancellationTokenSource _aborting = new();
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StreamSweep? _sweep;
    private volatile bool _stopping;

    internal IReadOnlyList<VHost> Hosts => hosts.Hosts;

    internal ICollection<ClientStream> Streams => _streams.Keys;

    /// <summary>Starts the hosts' services and brings back the sessions that can still be resumed.</summary>
    internal async Task StartAsync(CancellationToken ct)
    {
        await RestoreSessionsAsync(ct).ConfigureAwait(false);
        foreach (var host in hosts.Hosts) await host.StartAsync(ct).ConfigureAwait(false);
        env.Metrics.ObserveConnections(() => _streams.Count);
        _sweep = new StreamSweep(this, env);
    }

    /// <summary>Runs one client's connection to its end.</summary>
    internal async Task RunAsync(ConnectionContext connection, bool directTls)
    {
        env.Metrics.Accepted.Add(1);
        var stream = new ClientStream(connection, env, directTls);
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        var count = address is null ? 0 : _addresses.AddOrUpdate(address, 1, (_, n) => n + 1);
        try
        {
            if (count > env.Limits.ConnectionsPerAddress)
            {
                env.Metrics.Refused.Add(1);
                StreamLog.TooManyConnections(logger, address!.ToString(), count);
                stream.Stop(StreamError.PolicyViolation with { Text = "too many connections from your address" });
            }

            // First the one, then the other, as StopAsync does it the other way round: one of the two sees it.
            _streams[stream] = true;
            if (_stopping) stream.Stop(StreamError.SystemShutdown);
            await stream.RunAsync(_aborting.Token).ConfigureAwait(false);
        }
        finally
        {
            _streams.TryRemove(stream, out _);
            if (_stopping && _streams.IsEmpty) _allEnded.TrySetResult();
            if (address is not null && _addresses.AddOrUpdate(address, 0, (_, n) => n - 1) <= 0) _addresses.TryRemove(new KeyValuePair<IPAddress, int>(address, 0));
        }
    }

    /// <summary>Tells every client, waits for what is under way, and leaves what was accepted on disk.</summary>
    internal async Task StopAsync(CancellationToken ct)
    {
        _stopping = true;
        if (_sweep is not null) await _sweep.DisposeAsync().ConfigureAwait(false);
        foreach (var stream in _streams.Keys) stream.Stop(StreamError.SystemShutdown);
        if (_streams.IsEmpty) _allEnded.TrySetResult();
        await Task.WhenAny(_allEnded.Task, Task.Delay(StopGrace, env.Clock, ct)).ConfigureAwait(false);
        await _aborting.CancelAsync().ConfigureAwait(false);
        foreach (var host in hosts.Hosts) await host.StopAsync(ct).ConfigureAwait(false);
    }

    public void Dispose() => _aborting.Dispose();

    private async Task RestoreSessionsAsync(CancellationToken ct)
    {
        foreach (var record in await storage.Log.LoadStreamsAsync(ct).ConfigureAwait(false))
        {
            if (hosts.FindHost(record.Session.Domain) is not { } host)
            {
                await storage.Log.EndStream(record.Key).ConfigureAwait(false);
                continue;
            }

            var session = new Session(host, record.Session, null, storage.Log, env.Clock.GetUtcNow(), env.Limits.OutboxSize.Bytes);
            session.Restore(record, await storage.Log.ReadStreamAsync(record.Key, ct).ConfigureAwait(false));
            if (!host.Sessions.TryAdd(session)) session.End();
        }
    }
}
