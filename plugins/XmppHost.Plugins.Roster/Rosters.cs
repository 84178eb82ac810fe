using System.Globalization;
using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;
using XmppHost.Storage;
using XmppHost.Xml;

namespace XmppHost.Plugins.Roster;

/// <summary>An entry as it is to become, what the caller wants to know, and what the account's clients are told first.</summary>
/// <param name="Entry">The entry; the same instance for no change.</param>
/// <param name="Result">Handed back to the caller.</param>
/// <param name="Announce">Clients get a push although they see no difference (RFC 6121 section 2.3.2).</param>
/// <param name="Deliver">A stanza for the interested sessions that must arrive before the push (RFC 6121 sections 3.1.6, 3.2.3, 3.3.3).</param>
internal readonly record struct RosterEdit<T>(RosterEntry Entry, T Result, bool Announce = false, Stanza? Deliver = null);

/// <summary>The rosters of the host's accounts: cached, changed under the account's lock, stored, and pushed to interested sessions in the order of the changes.</summary>
internal sealed class Rosters
{
    /// <summary>Marks a session whose client has asked for the roster (RFC 6121 section 2.1.6).</summary>
    internal const string InterestedNote = "roster.interested";

    private const string Space = "roster";
    private const string FloorKey = "*floor";   // no JID

    private readonly IKeyValueStore _values;
    private readonly ISessionDirectory _sessions;
    private readonly TimeProvider _time;
    private readonly RosterOptions _options;
    private readonly AccountCache<RosterSnapshot> _cache;

    public Rosters(IKeyValueStore values, ISessionDirectory sessions, TimeProvider time, RosterOptions options)
    {
        _values = values;
        _sessions = sessions;
        _time = time;
        _options = options;
        _cache = new AccountCache<RosterSnapshot>(options.CachedRosters, LoadAsync);
    }

    internal ValueTask<RosterSnapshot> GetAsync(Jid account, CancellationToken ct = default) => _cache.GetAsync(account, ct);

    /// <summary>Changes one contact of an account; <paramref name="edit"/> gets the roster and the entry, blank if there is none.</summary>
    internal ValueTask<T> EditAsync<T>(Jid account, Jid contact, Func<RosterSnapshot, RosterEntry, RosterEdit<T>> edit, CancellationToken ct = default) =>
        _cache.UpdateAsync(account, roster => ApplyAsync(account.Bare, roster, roster.Find(contact) ?? new RosterEntry(contact.Bare), edit, ct), ct);

    internal async ValueTask EraseAsync(Jid account, CancellationToken ct) =>
        await _cache.UpdateAsync(account, async _ =>
        {
            await _values.EraseAsync(account.Bare.ToString(), Space, ct).ConfigureAwait(false);
            return (RosterSnapshot.Empty, true);
        }, ct).ConfigureAwait(false);

    /// <summary>Tells one session of everything that changed after a version.</summary>
    internal async ValueTask PushSinceAsync(ISession session, long version, CancellationToken ct = default)
    {
        var roster = await GetAsync(session.Jid, ct).ConfigureAwait(false);
        if (roster.Version == version) return;
        foreach (var (contact, entry, changed) in roster.ChangesSince(version)) Push(session, contact, entry, changed);
    }

    internal IEnumerable<ISession> Interested(Jid account) => _sessions.Of(account).Where(s => s[InterestedNote] is not null);

    private async ValueTask<(RosterSnapshot, T)> ApplyAsync<T>(
        Jid account, RosterSnapshot roster, RosterEntry before, Func<RosterSnapshot, RosterEntry, RosterEdit<T>> edit, CancellationToken ct)
    {
        var change = edit(roster, before);
        if (ReferenceEquals(change.Entry, before) && !change.Announce)
        {
            DeliverFirst(account, change.Deliver);
            return (roster, change.Result);
        }

        var push = change.Announce || !before.LooksLike(change.Entry);
        var next = push ? change.Entry with { Version = NextVersion(roster) } : change.Entry;
        var changed = roster.With(next, _options.RememberRemoved);
        await _values.WriteAsync(account.ToString(), Space, Changes(roster, changed, next), ct).ConfigureAwait(false);
        DeliverFirst(account, change.Deliver);
        if (push)
            foreach (var session in Interested(account))
                Push(session, next.Jid, next.Listed ? next : null, next.Version);
        return (changed, change.Result);
    }

    private void DeliverFirst(Jid account, Stanza? stanza)
    {
        if (stanza is null) return;
        foreach (var session in Interested(account)) session.Send(stanza);
    }

    private static List<KeyValueChange> Changes(RosterSnapshot before, RosterSnapshot after, RosterEntry entry)
    {
        var key = entry.Jid.ToString();
        var changes = new List<KeyValueChange>(1);
        if (!entry.IsBlank) changes.Add(new KeyValueChange(key, RosterRow.Write(entry)));
        else if (after.Removed.TryGetValue(entry.Jid, out var version)) changes.Add(new KeyValueChange(key, RosterRow.WriteRemoved(version)));
        else changes.Add(new KeyValueChange(key, null));

        if (after.Floor == before.Floor) return changes;
        changes.Add(new KeyValueChange(FloorKey, RosterXml.VersionText(after.Floor)));
        changes.AddRange(before.Removed.Keys.Where(gone => gone != entry.Jid && !after.Removed.ContainsKey(gone)).Select(gone => new KeyValueChange(gone.ToString(), null)));
        return changes;
    }

    // By the clock, so that the version of a client that knew an earlier account of the same name is never met again.
    private long NextVersion(RosterSnapshot roster) =>
        Math.Max(roster.Version + 1, (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    // RFC 6121 section 2.1.6: to the full JID, from the account itself.
    private static void Push(ISession session, Jid contact, RosterEntry? entry, long version)
    {
        var text = RosterXml.VersionText(version);
        var item = entry is null ? RosterXml.RemovedItem(contact) : RosterXml.Item(entry);
        session.Send(Stanza.Iq(null, session.Jid, "set", "push-" + text, RosterXml.Query(text, item)));
    }

    private async ValueTask<RosterSnapshot> LoadAsync(Jid account, CancellationToken ct)
    {
        var stored = await _values.ListAsync(account.ToString(), Space, ct).ConfigureAwait(false);
        if (stored.Count == 0) return RosterSnapshot.Empty;
        var entries = new Dictionary<Jid, RosterEntry>(stored.Count);
        var removed = new Dictionary<Jid, long>();
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        var (newest, floor) = (0L, 0L);
        foreach (var (key, value) in stored)
        {
            if (key == FloorKey)
            {
                floor = long.Parse(value, CultureInfo.InvariantCulture);
                continue;
            }

            var contact = Jid.Parse(key);
            var (entry, version) = RosterRow.Read(contact, value, groups);
            if (entry is null) removed[contact] = version;
            else entries[contact] = entry;
            newest = Math.Max(newest, version);
        }

        return new RosterSnapshot(entries, removed, Math.Max(newest, floor), floor);
    }
}
