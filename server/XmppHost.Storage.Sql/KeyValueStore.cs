using XmppHost.Storage.Sql.Dialects;
using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Sql;

internal sealed class KeyValueStore(ISqlDialect dialect, WriteQueue queue) : IKeyValueStore
{
    public async ValueTask<string?> GetAsync(string owner, string space, string key, CancellationToken ct)
    {
        await queue.WaitForAsync(WriteKinds.Values, ct).ConfigureAwait(false);
        var values = await dialect.ReadAsync(
            "SELECT value FROM value WHERE owner = $1 AND space = $2 AND key = $3", row => row.Text(0), ct,
            SqlText.Check(owner), SqlText.Check(space), SqlText.Check(key)).ConfigureAwait(false);
        return values.Count == 0 ? null : values[0];
    }

    public async ValueTask<IReadOnlyList<KeyValuePair<string, string>>> ListAsync(string owner, string space, CancellationToken ct)
    {
        await queue.WaitForAsync(WriteKinds.Values, ct).ConfigureAwait(false);
        return await dialect.ReadAsync(
            "SELECT key, value FROM value WHERE owner = $1 AND space = $2 ORDER BY key", row => KeyValuePair.Create(row.Text(0), row.Text(1)), ct,
            SqlText.Check(owner), SqlText.Check(space)).ConfigureAwait(false);
    }

    public async ValueTask WriteAsync(string owner, string space, IReadOnlyList<KeyValueChange> changes, CancellationToken ct)
    {
        SqlText.Check(owner);
        SqlText.Check(space);
        var copy = changes.ToArray();
        long bytes = 256;
        foreach (var change in copy)
        {
            SqlText.Check(change.Key);
            bytes += 64 + sizeof(char) * (long)(change.Key.Length + (change.Value is null ? 0 : SqlText.Check(change.Value).Length));
        }

        if (copy.Length == 0) return;
        await queue.Run(new SqlWork<bool>(session => Apply(session, owner, space, copy), WriteKinds.Values, bytes: bytes)).WaitAsync(ct).ConfigureAwait(false);
    }

    public async ValueTask EraseAsync(string owner, string? space, CancellationToken ct)
    {
        SqlText.Check(owner);
        if (space is not null) SqlText.Check(space);
        await queue.Run(new SqlWork<int>(
            session => space is null
                ? session.Execute("DELETE FROM value WHERE owner = $1", owner)
                : session.Execute("DELETE FROM value WHERE owner = $1 AND space = $2", owner, space),
            WriteKinds.Values)).WaitAsync(ct).ConfigureAwait(false);
    }

    private static bool Apply(ISqlSession session, string owner, string space, KeyValueChange[] changes)
    {
        foreach (var (key, value) in changes)
        {
            if (value is null)
            {
                session.Execute("DELETE FROM value WHERE owner = $1 AND space = $2 AND key = $3", owner, space, key);
                continue;
            }

            session.Execute(
                "INSERT INTO value (owner, space, key, value) VALUES ($1, $2, $3, $4) ON CONFLICT (owner, space, key) DO UPDATE SET value = excluded.value",
                owner, space, key, value);
        }

        return true;
    }
}
