using Autofac;
using Microsoft.Extensions.Logging.Abstractions;
using XmppHost.Addressing;
using XmppHost.Core.Observability;
using XmppHost.Core.Routing;
using XmppHost.Core.Sessions;
using XmppHost.Core.Streams;
using XmppHost.Core.Tests.Tls;
using XmppHost.Core.VHosts;
using XmppHost.Handlers;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Core.Tests.Support;

/// <summary>Router, host and sessions as the server has them, over a log and a clock of the test's; a device is a session and the pipe that its client would read.</summary>
internal sealed class TestCore
{
    private readonly List<object> _plugins;

    /// <param name="plugins">Filters, handlers and observers of the host.</param>
    internal TestCore(params object[] plugins)
    {
        _plugins = [.. plugins];
        Router = new Router(Hosts, new IqDispatcher(NullLogger<IqDispatcher>.Instance), new MessageDelivery(Log, Log.Archive, Time), new PendingIqs(Time));
        Host = NewHost();
    }

    internal ManualLog Log { get; } = new();

    internal ManualTime Time { get; } = new();

    internal HostTable Hosts { get; } = new();

    internal Router Router { get; }

    internal VHost Host { get; private set; }

    internal MemoryLogger<VHost> HostLog { get; } = new();

    /// <summary>A new process over what the log has on disk: the sessions that can be resumed, without connections.</summary>
    internal async Task RestartAsync()
    {
        Log.Crash();
        Host = NewHost();
        foreach (var record in await Log.LoadStreamsAsync(default))
        {
            var session = new Session(Host, record.Session, null, Log, Time.GetUtcNow(), Device.OutboxSize);
            session.Restore(record, await Log.ReadStreamAsync(record.Key, default));
            Assert.That(Host.Sessions.TryAdd(session), Is.True);
        }
    }

    /// <summary>A bound session; available with <paramref name="priority"/> unless that is null.</summary>
    internal Device Bind(string jid, int? priority = 0, bool ephemeral = false)
    {
        var device = new Device(this, jid, ephemeral);
        Assert.That(Host.Sessions.TryAdd(device.Session), Is.True);
        if (priority is { } value)
        {
            device.Session.SetPresence(Parse($"<presence from='{jid}'><priority>{value}</priority></presence>"));
            device.Session.IsCatchingUp = false;
        }

        return device;
    }

    /// <summary>The way of a stanza from a client's bytes on.</summary>
    internal ValueTask<StreamStep> SendAsync(Device from, string xml) => from.Intake.HandleAsync(XmppStreamReader.Parse(xml, Ns.Client), from.Session, default);

    /// <summary>A chat message with its id as its body.</summary>
    internal async Task ChatAsync(Device from, string to, string id) => await SendAsync(from, $"<message to='{to}' type='chat' id='{id}'><body>{id}</body></message>");

    internal static Stanza Parse(string xml)
    {
        var element = XmppStreamReader.Parse(xml, Ns.Client);
        return Stanza.TryCreate(element) ?? throw new ArgumentException($"not a stanza: {xml}");
    }

    internal static string IdOf(ReadOnlyMemory<byte> stanza) => XmppStreamReader.Parse(stanza.Span, Ns.Client).Attribute("id") ?? "";

    private VHost NewHost()
    {
        var settings = new VHostSettings("localhost", null, new AuthOptions());
        var host = new VHost(settings, Time, new HostMetrics(new ServerMeters(), settings), HostLog);
        var builder = new ContainerBuilder();
        builder.RegisterInstance(Router);
        foreach (var plugin in _plugins) builder.RegisterInstance(plugin).AsImplementedInterfaces();
        using (var scope = builder.Build()) host.Activate(scope, []);
        Hosts.Set([host], []);
        return host;
    }
}

/// <summary>Keeps every message that nobody takes, as the Messaging plugin does.</summary>
internal sealed class KeepAll : IStanzaFilter
{
    public StanzaStage Stage => StanzaStage.Undeliverable;

    public int Order => 0;

    public ValueTask<StanzaVerdict> FilterAsync(StanzaContext context, CancellationToken ct) => ValueTask.FromResult(context.StoreOffline(context.Stanza));
}
