using XmppHost.Addressing;
using XmppHost.Hosting;
using XmppHost.Stanzas;

namespace XmppHost.Plugins.Mobile;

/// <summary>What waits for one inactive client: of each contact the last of a kind, in the order in which they came.</summary>
internal sealed class QuietHold(Action release, MobileOptions options, TimeProvider clock) : IStanzaHold
{
    private const int MaxBytes = 256 * 1024;

    private readonly Dictionary<Key, Stanza> _last = [];
    private readonly List<Key> _order = [];
    private ITimer? _timer;
    private long _bytes;

    public bool TryTake(Stanza stanza, Stanza original)
    {
        if (!CanWait(original) || original.From is not { } from) return false;
        var key = new Key(stanza.Kind, from, original.To);
        var before = _last.GetValueOrDefault(key);
        var bytes = _bytes + stanza.Bytes.Length - (before?.Bytes.Length ?? 0);
        if (bytes > MaxBytes || (before is null && _last.Count >= options.MaxStanzas)) return false;
        if (before is not null) _order.Remove(key);
        _order.Add(key);
        _last[key] = stanza;
        _bytes = bytes;
        _timer ??= clock.CreateTimer(static r => ((Action)r!)(), release, options.MaxDelay, Timeout.InfiniteTimeSpan);
        return true;
    }

    public IReadOnlyList<Stanza> Release()
    {
        if (_order.Count == 0) return [];
        Stanza[] released = [.. _order.Select(k => _last[k])];
        _last.Clear();
        _order.Clear();
        _bytes = 0;
        _timer?.Dispose();
        _timer = null;
        return released;
    }

    private bool CanWait(Stanza stanza) => stanza.Kind switch
    {
        StanzaKind.Presence => options.Presence && QuietRules.IsNews(stanza),
        StanzaKind.Message => options.ChatStates && QuietRules.IsChatState(stanza),
        _ => false,
    };

    private readonly record struct Key(StanzaKind Kind, Jid From, Jid? To);
}
