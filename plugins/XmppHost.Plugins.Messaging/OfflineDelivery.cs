using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Plugins.Messaging;

/// <summary>Hands an account's waiting messages to a session: in order, each to one session, in portions that its connection can take.</summary>
internal sealed partial class OfflineDelivery(IMessageLog log, ISessionDirectory sessions, IVHost host, ILogger<OfflineDelivery> logger)
{
    private const int RowsPerPortion = 50;
    private const int BytesPerPortion = 256 * 1024;
    private const int GateCount = 32;

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, GateCount).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>What a session was handed and may not have got yet: another device must not get it as well while that session lives.</summary>
    private readonly ConditionalWeakTable<ISession, HashSet<long>> _handed = [];

    /// <summary>The session that gets what comes for the account: the highest priority, or null where none takes messages (RFC 6121 section 8.5.2.1.1).</summary>
    internal static ISession? Best(IEnumerable<ISession> sessions) => sessions.Where(IsOpen).MaxBy(s => s.Priority);

    internal static bool IsOpen(ISession session) => session is { Presence: not null, Priority: >= 0 };

    /// <summary>Hands out everything, portion by portion as the connection takes it.</summary>
    internal async ValueTask DeliverAsync(ISession session, CancellationToken ct)
    {
        for (long? next = 0; next is { } after && IsOpen(session);)
        {
            if (after > 0) await session.FlushedAsync().ConfigureAwait(false);
            next = await DeliverPortionAsync(session, after, ct).ConfigureAwait(false);
        }

        if (!session.Reliability.Enabled && _handed.TryGetValue(session, out _)) _ = ForgetWhenFlushedAsync(session);
    }

    /// <summary>The same, without the caller waiting for it.</summary>
    internal void DeliverBeside(ISession session) => _ = Task.Run(async () =>
    {
        try
        {
            await DeliverAsync(session, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogFailed(e, session.Jid);
        }
    });

    // A client that acknowledges may take its time; what it was handed is remembered as long as its session. Under the gate: rows that were read before they left the log must still be
    // known when they are looked at.
    private async Task ForgetWhenFlushedAsync(ISession session)
    {
        var gate = GateOf(session.Jid.Bare);
        await gate.WaitAsync().ConfigureAwait(false);
        long[] handed = _handed.TryGetValue(session, out var ids) ? [.. ids] : [];
        gate.Release();

        await session.FlushedAsync().ConfigureAwait(false);
        await gate.WaitAsync().ConfigureAwait(false);
        ids?.ExceptWith(handed);
        if (ids is { Count: 0 }) _handed.Remove(session);
        gate.Release();
    }

    /// <summary>The id after which to go on, or null when all is handed out or the session takes no more.</summary>
    private async ValueTask<long?> DeliverPortionAsync(ISession session, long after, CancellationToken ct)
    {
        var account = session.Jid.Bare;
        var gate = GateOf(account);
        await gate.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var rows = await log.ReadOfflineAsync(account, after, RowsPerPortion, ct).ConfigureAwait(false);
            return rows.Count == 0 ? null : Hand(session, rows);
        }
        finally
        {
            gate.Release();
        }
    }

    private SemaphoreSlim GateOf(Jid account) => _gates[(uint)account.GetHashCode() % GateCount];

    private long? Hand(ISession session, IReadOnlyList<LogRow> rows)
    {
        var taken = Taken(session.Jid.Bare);
        var bytes = 0;
        foreach (var row in rows)
        {
            if (taken.Any(ids => ids.Contains(row.Id))) continue;
            if (Message(row) is not { } message) continue;
            if (!session.SendLogged(row, message)) return null;
            _handed.GetOrCreateValue(session).Add(row.Id);
            bytes += row.Stanza.Length;
            if (bytes >= BytesPerPortion) return row.Id;
        }

        return rows.Count < RowsPerPortion ? null : rows[^1].Id;
    }

    private List<HashSet<long>> Taken(Jid account)
    {
        var taken = new List<HashSet<long>>();
        foreach (var session in sessions.Of(account))
            if (_handed.TryGetValue(session, out var ids))
                taken.Add(ids);
        return taken;
    }

    private Stanza? Message(LogRow row)
    {
        try
        {
            var stanza = Stanza.TryCreate(XmppStreamReader.Parse(row.Stanza.Span, Ns.Client));
            return stanza?.WithElement(Stamp(stanza.Element, row.Stamp));
        }
        catch (FormatException e)
        {
            LogUnreadable(e, row.Id, row.Account);
            return null;
        }
    }

    // XEP-0203; section 6 has a server discard a stamp that claims to be its own.
    private XmppElement Stamp(XmppElement message, DateTimeOffset time) =>
        message
            .Without(e => e.Is("delay", Ns.Delay) && e.Attribute("from") == host.Name)
            .Add(new XmppElement("delay", Ns.Delay).With("from", host.Name).With("stamp", XmppDateTime.Format(time)));

    [LoggerMessage(1, LogLevel.Error, "offline messages could not be handed to {Session}; they stay where they are")]
    private partial void LogFailed(Exception e, Jid session);

    [LoggerMessage(2, LogLevel.Error, "row {Row} of {Account} in the message log cannot be read and is left there")]
    private partial void LogUnreadable(Exception e, long row, Jid account);
}
