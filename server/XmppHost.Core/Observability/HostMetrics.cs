using System.Diagnostics.Metrics;
using XmppHost.Core.Sessions;
using XmppHost.Core.VHosts;
using XmppHost.Stanzas;

namespace XmppHost.Core.Observability;

/// <summary>What the core measures of one virtual host. The host's name is the meter's label, and the other labels are made once: a measurement allocates nothing.</summary>
internal sealed class HostMetrics
{
    private readonly KeyValuePair<string, object?> _message = new("kind", "message");
    private readonly KeyValuePair<string, object?> _presence = new("kind", "presence");
    private readonly KeyValuePair<string, object?> _iq = new("kind", "iq");
    private readonly Meter _meter;
    private readonly Counter<long> _stanzas;
    private readonly Counter<long> _logins;
    private readonly Counter<long> _kept;

    public HostMetrics(ServerMeters meters, VHostSettings settings)
    {
        _meter = meters.Create(CoreMetrics.MeterName, typeof(HostMetrics).Assembly.GetName().Version, settings.Name);
        _stanzas = _meter.CreateCounter<long>("stanzas", "{stanza}", "Stanzas of clients that were taken in to be routed, by kind.");
        _logins = _meter.CreateCounter<long>("logins", "{login}", "Attempts to log in, by result: success, or the condition of the failure.");
        _kept = _meter.CreateCounter<long>("messages.kept", "{message}", "Messages kept for an account because none of its sessions could take them.");
    }

    internal void Taken(StanzaKind kind) => _stanzas.Add(1, kind switch { StanzaKind.Message => _message, StanzaKind.Presence => _presence, _ => _iq });

    internal void LoggedIn() => _logins.Add(1, new KeyValuePair<string, object?>("result", "success"));

    /// <param name="condition">One of RFC 6120 section 6.5.</param>
    internal void LoginFailed(string condition) => _logins.Add(1, new KeyValuePair<string, object?>("result", condition));

    internal void Kept() => _kept.Add(1);

    internal void Observe(SessionTable sessions)
    {
        _meter.CreateObservableUpDownCounter("sessions", () => sessions.Count, "{session}", "Sessions, with those whose client is away and may resume.");
        _meter.CreateObservableUpDownCounter("sessions.detached", () => sessions.Resumable().Count(s => s.DetachedAt is not null), "{session}", "Sessions whose client is away and may resume.");
    }
}
