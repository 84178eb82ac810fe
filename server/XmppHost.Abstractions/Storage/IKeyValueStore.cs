namespace XmppHost.Storage;

/// <summary>One write; a null value deletes.</summary>
public readonly record struct KeyValueChange(string Key, string? Value);

/// <summary>
/// Small durable values for plugins: per owner (a bare JID, or a host's name), in a space that belongs to the plugin (<c>roster</c>, <c>vcard</c>), by key. Text in,
/// the same text out. Keys are compared by ordinal, and sorted by the bytes of their UTF-8. No text may contain U+0000 or half a surrogate pair: an <see cref="ArgumentException"/>.
/// </summary>
public interface IKeyValueStore
{
    ValueTask<string?> GetAsync(string owner, string space, string key, CancellationToken ct);

    /// <summary>All entries of a space, by key.</summary>
    ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(string owner, string space, CancellationToken ct);

    /// <summary>Applies all changes or none; on disk when it completes.</summary>
    ValueTask WriteAsync(string owner, string space, IReadOnlyList<KeyValueChange> changes, CancellationToken ct);

    /// <summary>Deletes a whole space of an owner, or everything of the owner when <paramref name="space"/> is null.</summary>
    ValueTask EraseAsync(string owner, string? space, CancellationToken ct);
}
