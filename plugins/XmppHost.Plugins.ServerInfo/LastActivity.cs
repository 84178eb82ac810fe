using System.Globalization;
using System.Runtime.CompilerServices;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Plugins.ServerInfo;

/// <summary>Remembers when an account's last available session went, and with what status.</summary>
internal sealed class LastActivity(IKeyValueStore values, ISessionDirectory sessions, TimeProvider clock) : ISessionObserver, IAccountDataOwner
{
    private const string Space = "last";

    public string DataName => "last activity";

    internal DateTimeOffset Started { get; } = clock.GetUtcNow();

    public async ValueTask PresenceAsync(ISession session, Stanza presence, Stanza? previous)
    {
        if (presence.PresenceType != PresenceType.Unavailable || sessions.Of(session.Jid.Bare).Any(s => s.Presence is not null)) return;
        KeyValueChange[] changes =
        [
            new("time", clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            new("status", presence.Element.Element("status", Ns.Client)?.Text),
        ];
        await values.WriteAsync(session.Jid.Bare.ToString(), Space, changes, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Seconds since the account was last online and its parting status; null when it never was. Zero while it is online.</summary>
    internal async ValueTask<(long Seconds, string? Status)?> OfAsync(Jid account, CancellationToken ct)
    {
        if (sessions.Of(account).Any(s => s.Presence is not null)) return (0, null);
        var entries = await values.ListAsync(account.ToString(), Space, ct).ConfigureAwait(false);
        var time = entries.FirstOrDefault(e => e.Key == "time").Value;
        if (!long.TryParse(time, CultureInfo.InvariantCulture, out var seconds)) return null;
        return (Math.Max(0, clock.GetUtcNow().ToUnixTimeSeconds() - seconds), entries.FirstOrDefault(e => e.Key == "status").Value);
    }

    public async IAsyncEnumerable<XmppElement> ExportAsync(Jid account, [EnumeratorCancellation] CancellationToken ct)
    {
        if (await OfAsync(account, ct).ConfigureAwait(false) is { } last) yield return Query(last.Seconds, last.Status);
    }

    public ValueTask EraseAsync(Jid account, CancellationToken ct) => values.EraseAsync(account.ToString(), Space, ct);

    internal static XmppElement Query(long seconds, string? status = null) =>
        new XmppElement("query", ServerInfoXml.Last).With("seconds", seconds.ToString(CultureInfo.InvariantCulture)).Add(status);
}
