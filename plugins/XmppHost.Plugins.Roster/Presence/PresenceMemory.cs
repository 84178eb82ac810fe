using XmppHost.Addressing;
using XmppHost.Hosting;

namespace XmppHost.Plugins.Roster.Presence;

/// <summary>
/// To whom a session has sent directed presence (RFC 6121 section 4.6), kept in a note so that it survives with the session, and who could not be reached. Used by the session's
/// own loop and by those of others that send to it.
/// </summary>
internal sealed class PresenceMemory
{
    private const string Note = "presence.directed";
    private const int MaxUnreachable = 1000;

    private readonly Lock _gate = new();
    private readonly ISession _session;
    private readonly HashSet<Jid> _directed = [];
    private HashSet<Jid>? _unreachable;

    internal PresenceMemory(ISession session)
    {
        _session = session;
        foreach (var line in session[Note]?.Split('\n') ?? [])
            if (Jid.TryParse(line) is { } jid)
                _directed.Add(jid);
    }

    internal static bool IsNotedIn(ISession session) => session[Note] is not null;

    internal bool HasDirected(Jid to)
    {
        lock (_gate) return _directed.Contains(to);
    }

    /// <summary>False when there are <paramref name="limit"/> already.</summary>
    internal bool TryAddDirected(Jid to, int limit)
    {
        lock (_gate)
        {
            if (_directed.Contains(to)) return true;
            if (_directed.Count >= limit) return false;
            _directed.Add(to);
            Save();
            return true;
        }
    }

    internal void RemoveDirected(Jid to)
    {
        lock (_gate)
            if (_directed.Remove(to))
                Save();
    }

    /// <summary>All of them, forgotten with this.</summary>
    internal IReadOnlyList<Jid> TakeDirected()
    {
        lock (_gate)
        {
            Jid[] taken = [.. _directed];
            _directed.Clear();
            if (taken.Length > 0) Save();
            return taken;
        }
    }

    internal bool IsUnreachable(Jid contact)
    {
        lock (_gate) return _unreachable?.Contains(contact) == true;
    }

    internal void MarkUnreachable(Jid contact)
    {
        lock (_gate)
            if ((_unreachable ??= []).Count < MaxUnreachable)
                _unreachable.Add(contact);
    }

    internal void MarkReachable(Jid contact)
    {
        lock (_gate) _unreachable?.Remove(contact);
    }

    /// <summary>A new presence session starts: everyone is tried again.</summary>
    internal void ForgetUnreachable()
    {
        lock (_gate) _unreachable = null;
    }

    // A JID has no control characters, so a line break ends it.
    private void Save() => _session[Note] = _directed.Count == 0 ? null : string.Join('\n', _directed);
}
