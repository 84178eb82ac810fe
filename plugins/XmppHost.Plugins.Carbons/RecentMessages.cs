using System.Collections.Concurrent;
using XmppHost.Addressing;
using XmppHost.Hosting;

namespace XmppHost.Plugins.Carbons;

/// <summary>
/// The ids of the last messages that an account's devices got copies of, so that an error is copied where it answers one of them (XEP-0280 section 6.1); what the error echoes says nothing,
/// since it need not echo anything.
/// </summary>
internal sealed class RecentMessages(ISessionDirectory sessions) : ISessionObserver
{
    private readonly ConcurrentDictionary<Jid, Ring> _accounts = new();

    internal void Note(Jid account, Jid peer, string? id)
    {
        if (id is not null) _accounts.GetOrAdd(account.Bare, static _ => new Ring()).Add(id, peer.Bare);
    }

    internal bool Knows(Jid account, Jid peer, string? id) => id is not null && _accounts.TryGetValue(account.Bare, out var ring) && ring.Contains(id, peer.Bare);

    public ValueTask EndedAsync(ISession session)
    {
        if (sessions.Of(session.Jid).Count <= 1) _accounts.TryRemove(session.Jid.Bare, out _);
        return ValueTask.CompletedTask;
    }

    private sealed class Ring
    {
        private const int Size = 32;

        private readonly (string Id, Jid Peer)[] _last = new (string, Jid)[Size];
        private int _next;

        internal void Add(string id, Jid peer)
        {
            lock (_last) _last[_next++ % Size] = (id, peer);
        }

        internal bool Contains(string id, Jid peer)
        {
            lock (_last) return Array.Exists(_last, m => m.Id == id && m.Peer == peer);
        }
    }
}
