using XmppHost.Storage;

namespace XmppHost.Plugins.Tests.Support;

/// <summary>A key-value store in memory that counts its reads and writes.</summary>
internal sealed class FakeValues : IKeyValueStore
{
    private readonly Dictionary<(string Owner, string Space), SortedDictionary<string, string>> _spaces = [];

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    /// <summary>The next write throws this.</summary>
    public Exception? FailWith { get; set; }

    public ValueTask<string?> GetAsync(string owner, string space, string key, CancellationToken ct)
    {
        Reads++;
        return ValueTask.FromResult(Space(owner, space).GetValueOrDefault(key));
    }

    public ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(string owner, string space, CancellationToken ct)
    {
        Reads++;
        return ValueTask.FromResult<IReadOnlyList<KeyValuePair<string, string>>>([.. Space(owner, space)]);
    }

    public ValueTask WriteAsync(string owner, string space, IReadOnlyList<KeyValueChange> changes, CancellationToken ct)
    {
        if (FailWith is { } failure) throw failure;
        Writes++;
        foreach (var (key, value) in changes)
        {
            if (value is null) Space(owner, space).Remove(key);
            else Space(owner, space)[key] = value;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask EraseAsync(string owner, string? space, CancellationToken ct)
    {
        foreach (var key in _spaces.Keys.Where(k => k.Owner == owner && (space is null || k.Space == space)).ToArray()) _spaces.Remove(key);
        return ValueTask.CompletedTask;
    }

    private SortedDictionary<string, string> Space(string owner, string space)
    {
        if (!_spaces.TryGetValue((owner, space), out var values)) _spaces[(owner, space)] = values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        return values;
    }
}
