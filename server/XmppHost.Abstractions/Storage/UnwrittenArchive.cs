using XmppHost.Addressing;

namespace XmppHost.Storage;

/// <summary>Archive rows on their way with their message: whoever writes a log row of it takes them along, and the router writes what is left. Used on the sender's loop only.</summary>
internal sealed class UnwrittenArchive
{
    private List<ArchiveRow>? _rows;

    internal void Add(ArchiveRow row) => (_rows ??= new List<ArchiveRow>(2)).Add(row);

    /// <summary>The message was refused: it is none of the account's.</summary>
    internal void Drop(Jid? account)
    {
        if (account is not null) _rows?.RemoveAll(row => row.Account == account.Bare);
    }

    internal IReadOnlyList<ArchiveRow>? Take()
    {
        var rows = _rows;
        _rows = null;
        return rows is { Count: > 0 } ? rows : null;
    }
}
