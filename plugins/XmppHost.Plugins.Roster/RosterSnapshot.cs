using System.Collections.Frozen;
using XmppHost.Addressing;

namespace XmppHost.Plugins.Roster;

/// <summary>An account's whole roster at one version; immutable.</summary>
/// <param name="Entries">By the contact's bare JID.</param>
/// <param name="Removed">Contacts that were removed lately, with the version that it made.</param>
/// <param name="Version">Grows with each change that clients are shown, also across the deletion of an account; 0 for a roster that never had one.</param>
/// <param name="Floor">Removals up to this version are forgotten: a client that is older needs the whole roster.</param>
internal sealed record RosterSnapshot(IReadOnlyDictionary<Jid, RosterEntry> Entries, IReadOnlyDictionary<Jid, long> Removed, long Version, long Floor)
{
    internal static RosterSnapshot Empty { get; } = new(FrozenDictionary<Jid, RosterEntry>.Empty, FrozenDictionary<Jid, long>.Empty, 0, 0);

    internal RosterEntry? Find(Jid contact) => Entries.GetValueOrDefault(contact.Bare);

    internal IEnumerable<RosterEntry> Listed => Entries.Values.Where(e => e.Listed);

    internal int Requests => Entries.Values.Count(e => e.State.PendingIn);

    /// <summary>Whether <see cref="ChangesSince"/> is all that a client at this version lacks.</summary>
    internal bool CanContinueFrom(long version) => version >= Floor && version <= Version && version > 0;

    /// <summary>What clients were shown after a version, in order; null stands for a removal.</summary>
    internal IReadOnlyList<(Jid Contact, RosterEntry? Entry, long Version)> ChangesSince(long version) =>
    [
        .. Listed.Where(e => e.Version > version).Select(e => (e.Jid, (RosterEntry?)e, e.Version))
            .Concat(Removed.Where(r => r.Value > version).Select(r => (r.Key, (RosterEntry?)null, r.Value)))
            .OrderBy(change => change.Item3),
    ];

    /// <summary>With one contact changed; a blank entry is left out, and remembered as removed if clients knew it.</summary>
    internal RosterSnapshot With(RosterEntry next, int rememberRemoved)
    {
        var entries = new Dictionary<Jid, RosterEntry>(Entries);
        var removed = Removed;
        var floor = Floor;
        var wasListed = Entries.TryGetValue(next.Jid, out var before) && before.Listed;
        if (!next.IsBlank) entries[next.Jid] = next;
        else entries.Remove(next.Jid);

        if (wasListed && !next.Listed) (removed, floor) = Remember(next, rememberRemoved);
        else if (next.Listed && removed.ContainsKey(next.Jid)) removed = removed.Where(r => r.Key != next.Jid).ToDictionary();
        return new RosterSnapshot(entries, removed, Math.Max(Version, next.Version), floor);
    }

    private (IReadOnlyDictionary<Jid, long> Removed, long Floor) Remember(RosterEntry gone, int limit)
    {
        var removed = new Dictionary<Jid, long>(Removed) { [gone.Jid] = gone.Version };
        var floor = Floor;
        while (removed.Count > limit)
        {
            var oldest = removed.MinBy(r => r.Value);
            removed.Remove(oldest.Key);
            floor = Math.Max(floor, oldest.Value);
        }

        return (removed, floor);
    }
}
