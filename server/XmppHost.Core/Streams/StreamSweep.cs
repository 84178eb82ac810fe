using System.Security.Cryptography;
using XmppHost.Stanzas;
using XmppHost.Xml;

namespace XmppHost.Core.Streams;

/// <summary>Every few seconds: clients that do not log in, clients that fell silent, sessions whose time to be resumed is over. One timer for all of them.</summary>
internal sealed class StreamSweep : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly XmppServer _server;
    private readonly StreamEnvironment _env;
    private readonly ITimer _timer;
    private int _running;

    internal StreamSweep(XmppServer server, StreamEnvironment env)
    {
        _server = server;
        _env = env;
        _timer = env.Clock.CreateTimer(_ => _ = SweepAsync(), null, Period, Period);
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    internal async Task SweepAsync()
    {
        if (Interlocked.Exchange(ref _running, 1) == 1) return;
        try
        {
            foreach (var stream in _server.Streams) Check(stream);
            var now = _env.Clock.GetUtcNow();
            foreach (var host in _server.Hosts)
                foreach (var session in host.Sessions.Resumable())
                    if (session.DetachedAt is { } since && now - since > session.ResumptionWindow)
                        await host.EndLoggedAsync(session).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The next round comes all the same.
            StreamLog.SweepFailed(_env.Logger, e);
        }
        finally
        {
            _running = 0;
        }
    }

    private void Check(ClientStream stream)
    {
        if (stream.Session is null)
        {
            if (_env.Clock.GetElapsedTime(stream.OpenedAt) > _env.Limits.LoginTimeout) stream.Stop(StreamError.ConnectionTimeout);
            return;
        }

        var silent = _env.Clock.GetElapsedTime(stream.LastReadAt);
        if (silent > _env.Limits.IdlePing + _env.Limits.PingTimeout)
        {
            stream.Stop(StreamError.ConnectionTimeout);
        }
        else if (silent > _env.Limits.IdlePing && !stream.PingSent)
        {
            stream.PingSent = true;
            Ping(stream);
        }
    }

    // Whatever the client answers, even an error, is a sign of life.
    private static void Ping(ClientStream stream)
    {
        var session = stream.BoundSession!;
        if (session.Counts) session.SendElement(new XmppElement("r", Ns.StreamManagement));
        else session.Send(Stanza.Iq(stream.VHost!.Jid, session.Jid, "get", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), new XmppElement("ping", "urn:xmpp:ping")));
    }
}
