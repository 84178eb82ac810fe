using System.Collections.Frozen;
using Autofac;
using Microsoft.Extensions.Logging;
using XmppHost.Addressing;
using XmppHost.Core.Observability;
using XmppHost.Core.Routing;
using XmppHost.Core.Sessions;
using XmppHost.Disco;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Core.VHosts;

/// <summary>One virtual host: its sessions, and what its plugins registered, frozen by <see cref="Activate"/>.</summary>
internal sealed partial class VHost(VHostSettings settings, TimeProvider clock, HostMetrics metrics, ILogger<VHost> logger) : IVHost
{
    // An account that gets messages faster than they can be read back opens all the same.
    private const int MaxCatchUpRounds = 100;

    private FrozenDictionary<string, Jid> _services = FrozenDictionary<string, Jid>.Empty;
    private ISessionObserver[] _observers = [];
    private IVHostService[] _running = [];
    private Router? _router;

    public string Name => settings.Name;

    public Jid Jid { get; } = Jid.Parse(settings.Name);

    public Uri? PublicUrl => settings.PublicUrl;

    internal AuthOptions Auth => settings.Auth;

    internal TimeProvider Clock => clock;

    internal HostMetrics Metrics => metrics;

    internal SessionTable Sessions { get; } = new();

    internal IqTable Iqs { get; private set; } = new([], []);

    internal FilterChain Sending { get; private set; } = new([], StanzaStage.Sending);

    internal FilterChain Delivering { get; private set; } = new([], StanzaStage.Delivering);

    internal FilterChain Undeliverable { get; private set; } = new([], StanzaStage.Undeliverable);

    internal IReadOnlyList<IStreamFeature> Features { get; private set; } = [];

    internal IEnumerable<KeyValuePair<string, Jid>> Services => _services;

    public Jid? ServiceJid(string name) => _services.GetValueOrDefault(name);

    /// <summary>Resolves everything the plugins registered and freezes it. Problems are added, nothing is started.</summary>
    internal void Activate(IComponentContext scope, ICollection<string> problems)
    {
        var services = new Dictionary<string, Jid>();
        foreach (var service in scope.Resolve<IEnumerable<ServiceAddress>>())
        {
            var domain = service.Name.Contains('.', StringComparison.Ordinal) ? service.Name : $"{service.Name}.{Name}";
            if (Jid.TryParse(domain) is not { IsDomain: true } jid) problems.Add($"hosts.{Name}: '{domain}' is not a domain for the service {service.Title}");
            else if (!services.TryAdd(service.Name, jid)) problems.Add($"hosts.{Name}: two plugins provide the service {service.Name}");
        }

        _services = services.ToFrozenDictionary();
        var duplicates = new List<string>();
        Iqs = new IqTable(scope.Resolve<IEnumerable<IIqHandler>>(), duplicates);
        foreach (var duplicate in duplicates) problems.Add($"hosts.{Name}.{duplicate}");
        var filters = scope.Resolve<IEnumerable<IStanzaFilter>>().ToArray();
        Sending = new FilterChain(filters, StanzaStage.Sending);
        Delivering = new FilterChain(filters, StanzaStage.Delivering);
        Undeliverable = new FilterChain(filters, StanzaStage.Undeliverable);
        Features = [.. scope.Resolve<IEnumerable<IStreamFeature>>().OrderBy(f => f.Order)];
        _observers = [.. scope.Resolve<IEnumerable<ISessionObserver>>().OrderBy(o => o.Order)];
        _running = [.. scope.Resolve<IEnumerable<IVHostService>>()];
        _router = scope.Resolve<Router>();
        metrics.Observe(Sessions);
    }

    internal async Task StartAsync(CancellationToken ct)
    {
        foreach (var service in _running) await service.StartAsync(ct).ConfigureAwait(false);
    }

    internal async Task StopAsync(CancellationToken ct)
    {
        foreach (var service in _running.Reverse()) await service.StopAsync(ct).ConfigureAwait(false);
    }

    internal async ValueTask PresenceAsync(Session session, Stanza presence)
    {
        var previous = session.Presence;
        var begins = session.SetPresence(presence);
        try
        {
            foreach (var observer in _observers) await observer.PresenceAsync(session, presence, previous).ConfigureAwait(false);
            if (begins) await CatchUpAsync(session).ConfigureAwait(false);
        }
        finally
        {
            if (begins) Sessions.TryOpen(session, 0, anyway: true);
        }
    }

    private async ValueTask CatchUpAsync(Session session)
    {
        for (var round = 0; round < MaxCatchUpRounds; round++)
        {
            var kept = session.KeptMeanwhile;
            foreach (var observer in _observers) await observer.CatchUpAsync(session).ConfigureAwait(false);
            if (Sessions.TryOpen(session, kept, anyway: false)) return;
        }
    }

    internal async ValueTask BoundAsync(Session session)
    {
        foreach (var observer in _observers) await observer.BoundAsync(session).ConfigureAwait(false);
    }

    internal async ValueTask DetachedAsync(Session session)
    {
        foreach (var observer in _observers) await observer.DetachedAsync(session).ConfigureAwait(false);
    }

    internal async ValueTask ResumedAsync(Session session)
    {
        foreach (var observer in _observers) await observer.ResumedAsync(session).ConfigureAwait(false);
    }

    /// <summary>Ends a session for good: its contacts hear of it, and what it had not got goes another way.</summary>
    internal async ValueTask EndSessionAsync(Session session)
    {
        if (session.End() is not { } lost) return;
        Sessions.Remove(session);
        try
        {
            if (session.Presence is not null) await PresenceAsync(session, Stanza.Presence(session.Jid, null, "unavailable")).ConfigureAwait(false);
            foreach (var observer in _observers) await observer.EndedAsync(session).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // A session's end cannot be refused, and its messages must not go down with an observer.
            LogObserverFailed(e, session.JidText, Name);
        }

        foreach (var message in lost) await _router!.UndeliverableAsync(message, this, null, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The same, for a caller that must not wait for it.</summary>
    internal void EndSoon(Session session) => _ = Task.Run(() => EndLoggedAsync(session));

    /// <summary>The same; what goes wrong is logged.</summary>
    internal async Task EndLoggedAsync(Session session)
    {
        try
        {
            await EndSessionAsync(session).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogEndFailed(e, session.JidText, Name);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "a plugin failed at the end of the session {Session} of host {VHost}")]
    private partial void LogObserverFailed(Exception e, string session, string vHost);

    [LoggerMessage(2, LogLevel.Error, "the messages that the session {Session} of host {VHost} had not got could not be kept")]
    private partial void LogEndFailed(Exception e, string session, string vHost);
}
