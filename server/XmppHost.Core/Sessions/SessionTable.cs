using System.Collections.Concurrent;
using XmppHost.Addressing;
using XmppHost.Hosting;

namespace XmppHost.Core.Sessions;

/// <summary>The bound sessions of one host: by account, and the resumable ones by the hash of their id.</summary>
internal sealed class SessionTable : ISessionDirectory
{
    private readonly ConcurrentDictionary<string, Session[]> _accounts = new();
    private readonly ConcurrentDictionary<string, Session> _resumable = new();
    private readonly Lock[] _gates = [.. Enumerable.Range(0, 32).Select(_ => new Lock())];
    private int _count;

    public int Count => _count;

    public IReadOnlyList<ISession> Of(Jid account) => Sessions(account);

    public ISession? Find(Jid full) => FindSession(full);

    public IReadOnlyList<ISession> All() => [.. _accounts.Values.SelectMany(s => s)];

    internal Session[] Sessions(Jid account) => account.Local is { } local && _accounts.TryGetValue(local, out var sessions) ? sessions : [];

    internal Session? FindSession(Jid full)
    {
        foreach (var session in Sessions(full))
            if (session.Jid.Resource == full.Resource)
                return session;
        return null;
    }

    /// <summary>Held while it is decided whether a message is kept for the account or a session of it gets it.</summary>
    internal Lock GateOf(Jid account) => _gates[(uint)string.GetHashCode(account.Local) % (uint)_gates.Length];

    /// <summary>The session has caught up: from now on it gets messages as they come. False when some were kept since <paramref name="kept"/>, unless <paramref name="anyway"/>.</summary>
    internal bool TryOpen(Session session, int kept, bool anyway)
    {
        lock (GateOf(session.Jid))
        {
            if (session.KeptMeanwhile != kept && !anyway) return false;
            session.IsCatchingUp = false;
            return true;
        }
    }

    /// <summary>False when the resource is taken.</summary>
    internal bool TryAdd(Session session)
    {
        var added = false;
        _accounts.AddOrUpdate(
            session.Jid.Local!,
            _ =>
            {
                added = true;
                return [session];
            },
            (_, old) =>
            {
                added = !Array.Exists(old, s => s.Jid.Resource == session.Jid.Resource);
                return added ? [.. old, session] : old;
            });
        if (added) Interlocked.Increment(ref _count);
        return added;
    }

    internal void Remove(Session session)
    {
        var local = session.Jid.Local!;
        while (_accounts.TryGetValue(local, out var old))
        {
            var index = Array.IndexOf(old, session);
            if (index < 0) return;
            Session[] rest = [.. old[..index], .. old[(index + 1)..]];
            var done = rest.Length == 0
                ? _accounts.TryRemove(new KeyValuePair<string, Session[]>(local, old))
                : _accounts.TryUpdate(local, rest, old);
            if (!done) continue;
            Interlocked.Decrement(ref _count);
            return;
        }
    }

    internal void AddResumable(Session session) => _resumable[session.ResumptionToken!] = session;

    internal void RemoveResumable(Session session) => _resumable.TryRemove(session.ResumptionToken!, out _);

    internal Session? FindResumable(string token) => _resumable.GetValueOrDefault(token);

    internal IEnumerable<Session> Resumable() => _resumable.Values;
}
