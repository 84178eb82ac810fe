using System.Collections.Frozen;
using XmppHost.Addressing;

namespace XmppHost.Plugins.Blocking;

/// <summary>The addresses that one account has blocked; immutable.</summary>
internal sealed class BlockList(IEnumerable<Jid> items)
{
    private readonly FrozenSet<Jid> _items = items.ToFrozenSet();

    internal static BlockList Empty { get; } = new([]);

    internal bool IsEmpty => _items.Count == 0;

    internal IReadOnlyCollection<Jid> Items => _items;

    /// <summary>XEP-0191 section 5: the address itself, its bare JID, domain/resource, or its domain.</summary>
    internal bool Matches(Jid jid)
    {
        if (_items.Count == 0) return false;
        if (_items.Contains(jid) || _items.Contains(jid.Host)) return true;
        return jid.Local is not null && _items.Contains(jid.Bare);
    }
}
