using System.Diagnostics.Metrics;
using Autofac;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Addressing;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;

namespace XmppHost.Plugins.Tests.Support;

/// <summary>
/// The way of a stanza in a few lines: enough of a server to let plugins' modules, filters, handlers and observers of one virtual host work on each other. No streams, no
/// threads, no disk; everything has happened when a call returns.
/// </summary>
internal sealed class FakeServer : IDisposable, IStanzaRouter
{
    private readonly Meter _meter = new("tests");
    private readonly IContainer _container;
    private readonly Dictionary<string, FakeServer> _peers = [];

    /// <param name="host">The virtual host's name.</param>
    /// <param name="plugins">Makes the modules; options are given with <see cref="Plugin{T}"/>.</param>
    public FakeServer(string host = "example.org", params IReadOnlyList<Func<FakeServer, PluginModule>> plugins)
    {
        Host = new FakeVHost(host);
        Log = new FakeLog { Clock = Time };
        Accounts = new FakeAccounts(host, owners: DataOwners());
        var builder = new ContainerBuilder();
        builder.RegisterInstance<IVHost>(Host);
        builder.RegisterInstance<ISessionDirectory>(Directory);
        builder.RegisterInstance<IStanzaRouter>(this).ExternallyOwned();
        builder.RegisterInstance<IKeyValueStore>(Values);
        builder.RegisterInstance<IMessageLog>(Log);
        builder.RegisterInstance<IMessageArchive>(Log.Archive);
        builder.RegisterInstance<IAccounts>(Accounts);
        builder.RegisterInstance<TimeProvider>(Time);
        foreach (var make in plugins) builder.RegisterModule(make(this));
        _container = builder.Build();
        if (Problems.Count > 0) throw new InvalidOperationException(string.Join("\n", Problems));
    }

    public FakeVHost Host { get; }

    public FakeDirectory Directory { get; } = new();

    public FakeValues Values { get; } = new();

    public FakeLog Log { get; }

    public FakeAccounts Accounts { get; }

    public ManualTime Time { get; } = new();

    public List<string> Problems { get; } = [];

    /// <summary>What went to other domains that no <see cref="Link"/> leads to.</summary>
    public List<Stanza> Abroad { get; } = [];

    /// <summary>Makes a plugin's context with options as <c>name=value</c>.</summary>
    public PluginContext Plugin(string id, params IEnumerable<string> options) =>
        new(id, Host.Name, Section(id, options), _meter, NullLoggerFactory.Instance, Problems)
        {
            DataDirectory = Path.Combine(Path.GetTempPath(), "xmpphost-fake"),
            ConfigDirectory = Path.GetTempPath(),
        };

    public T Get<T>()
        where T : notnull => _container.Resolve<T>();

    /// <summary>Stanzas between the two hosts find their way.</summary>
    public void Link(FakeServer other)
    {
        _peers[other.Host.Name] = other;
        other._peers[Host.Name] = this;
    }

    /// <summary>Binds a session of an account that is created if need be.</summary>
    public async Task<FakeSession> ConnectAsync(string fullJid)
    {
        var jid = Jid.Parse(fullJid);
        await Accounts.CreateAsync(jid.Local!, "secret");
        var session = new FakeSession(jid, Host, Log) { BoundAt = Time.GetUtcNow() };
        Directory.Add(session);
        foreach (var observer in Observers()) await observer.BoundAsync(session);
        return session;
    }

    /// <summary>The client sends a stanza: <c>from</c> is stamped, and it goes its way.</summary>
    public async Task SendAsync(FakeSession sender, string xml)
    {
        var stanza = Wire.Stanza(xml);
        stanza = stanza.WithAddresses(sender.Jid, stanza.To);
        if (stanza is { Kind: StanzaKind.Presence, To: null, PresenceType: PresenceType.Available or PresenceType.Unavailable })
        {
            await SetPresenceAsync(sender, stanza);
            return;
        }

        var context = new StanzaContext(stanza, Host, sender);
        if (await RunAsync(StanzaStage.Sending, context) != StanzaVerdict.Continue) return;
        await DispatchAsync(context.Stanza, sender);
        await WriteArchiveAsync(context.Stanza);
    }

    /// <summary>The connection is gone for good.</summary>
    public async Task DisconnectAsync(FakeSession session)
    {
        await session.CloseAsync();
        Directory.Remove(session);
        if (session.Presence is not null) await SetPresenceAsync(session, Stanza.Presence(session.Jid, null, "unavailable"));
        foreach (var observer in Observers()) await observer.EndedAsync(session);
    }

    public ValueTask RouteAsync(Stanza stanza, CancellationToken ct = default) => new(DispatchAsync(stanza, null));

    public ValueTask<Stanza> RequestAsync(Stanza iq, TimeSpan timeout, CancellationToken ct = default) =>
        ValueTask.FromResult(iq.ErrorReply(StanzaError.RemoteServerTimeout())!);

    public void Dispose()
    {
        _container.Dispose();
        _meter.Dispose();
    }

    private async Task SetPresenceAsync(FakeSession session, Stanza presence)
    {
        var previous = session.Presence;
        var took = session is { Presence: not null, Priority: >= 0 };
        session.Presence = presence.PresenceType == PresenceType.Available ? presence : null;
        session.Priority = session.Presence?.Element.Element("priority", Ns.Client) is { } priority ? int.Parse(priority.Text) : 0;
        foreach (var observer in Observers()) await observer.PresenceAsync(session, presence, previous);
        if (took || session is not { Presence: not null, Priority: >= 0 }) return;
        foreach (var observer in Observers()) await observer.CatchUpAsync(session);
    }

    private async Task DispatchAsync(Stanza stanza, ISession? sender)
    {
        var to = stanza.To ?? stanza.From!.Bare;
        if (to.Domain != Host.Name)
        {
            if (_peers.TryGetValue(to.Domain, out var peer)) await peer.DispatchAsync(stanza, null);
            else Abroad.Add(stanza);
            return;
        }

        if (to.Local is null)
        {
            await HandleIqAsync(stanza, sender, IqTarget.Host);
            return;
        }

        var context = new StanzaContext(stanza, Host, sender);
        if (await RunAsync(StanzaStage.Delivering, context) != StanzaVerdict.Continue) return;
        stanza = context.Stanza;
        if (stanza.Kind == StanzaKind.Message && await DeliverMessageAsync(context, to)) return;
        if (stanza.Kind == StanzaKind.Iq && to.IsBare) await HandleIqAsync(stanza, sender, to == stanza.From!.Bare ? IqTarget.OwnAccount : IqTarget.OtherAccount);
        else await DeliverAsync(context, to);
    }

    private async Task<bool> DeliverMessageAsync(StanzaContext context, Jid to)
    {
        await DeliverAsync(context, to);
        await WriteArchiveAsync(context.Stanza);
        return true;
    }

    private Task WriteArchiveAsync(Stanza message) => Log.Archive.Append(message.Archive?.Take() ?? []);

    private async Task DeliverAsync(StanzaContext context, Jid to)
    {
        var stanza = context.Stanza;
        var taken = false;
        foreach (var session in Recipients(stanza, to)) taken |= session.Send(stanza);
        if (taken || stanza.Kind != StanzaKind.Message) return;
        if (await RunAsync(StanzaStage.Undeliverable, context) == StanzaVerdict.Continue) await BounceAsync(stanza, StanzaError.ServiceUnavailable());
        if (context.Offline is { } kept) await Log.Append([new LogRow(Log.NextId(), to.Bare, Time.GetUtcNow(), kept.Bytes) { Archived = kept.Archive?.Take() }]);
    }

    private IEnumerable<ISession> Recipients(Stanza stanza, Jid to)
    {
        if (!to.IsBare && Directory.Find(to) is { } exact) return [exact];
        var available = Directory.Of(to).Where(s => s.Presence is not null);
        return stanza.Kind == StanzaKind.Presence ? to.IsBare ? available : [] : available.Where(s => s.Priority >= 0);
    }

    private async Task HandleIqAsync(Stanza iq, ISession? sender, IqTarget target)
    {
        if (iq.IqType is not (IqType.Get or IqType.Set)) return;
        var payload = iq.Element.FirstElement()!;
        var key = new IqKey(payload.Namespace, payload.Name, iq.IqType.Value);
        if (Get<IEnumerable<IIqHandler>>().SingleOrDefault(h => h.Key == key && h.Target.HasFlag(target)) is not { } handler)
        {
            await BounceAsync(iq, StanzaError.ServiceUnavailable());
            return;
        }

        var reply = await handler.HandleAsync(new IqRequest(iq, payload, Host, sender), CancellationToken.None);
        if (reply.Failure is { } failure) await BounceAsync(iq, failure);
        else await AnswerAsync(iq.ResultReply(reply.Payload));
        if (reply.Afterwards is { } afterwards) await afterwards();
    }

    private async Task<StanzaVerdict> RunAsync(StanzaStage stage, StanzaContext context)
    {
        foreach (var filter in Get<IEnumerable<IStanzaFilter>>().Where(f => f.Stage == stage).OrderBy(f => f.Order))
        {
            var verdict = await filter.FilterAsync(context, CancellationToken.None);
            if (verdict == StanzaVerdict.Continue) continue;
            if (context.Error is { } error) await BounceAsync(context.Stanza, error);
            return verdict;
        }

        return StanzaVerdict.Continue;
    }

    private async Task BounceAsync(Stanza stanza, StanzaError error)
    {
        stanza.Archive?.Drop(stanza.To);
        if (stanza.ErrorReply(error) is { } reply) await AnswerAsync(reply);
    }

    private async Task AnswerAsync(Stanza reply)
    {
        if (reply.To is { } to && Directory.Find(to) is { } session) session.Send(reply);
        else await DispatchAsync(reply, null);
    }

    private IEnumerable<ISessionObserver> Observers() => Get<IEnumerable<ISessionObserver>>().OrderBy(o => o.Order);

    private IEnumerable<IAccountDataOwner> DataOwners()
    {
        foreach (var owner in Get<IEnumerable<IAccountDataOwner>>()) yield return owner;
    }

    private static IConfigurationSection Section(string id, IEnumerable<string> options) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(options.Select(o => o.Split('=', 2)).Select(o => KeyValuePair.Create($"plugins:{id}:{o[0]}", (string?)o[1])))
            .Build()
            .GetSection($"plugins:{id}");
}
