using XmppHost.Addressing;
using XmppHost.Storage.Sql.Dialects;
using XmppHost.Storage.Sql.Writing;

namespace XmppHost.Storage.Sql;

internal sealed class AccountStore(ISqlDialect dialect, WriteQueue queue) : IAccountStore
{
    public async ValueTask<StoredAccount?> FindAsync(Jid account, CancellationToken ct)
    {
        if (account.Local is null) return null;
        await queue.WaitForAsync(WriteKinds.Accounts, ct).ConfigureAwait(false);
        var rows = await dialect.ReadAsync(
            """
            SELECT a.created, c.mechanism, c.salt, c.iterations, c.stored_key, c.server_key
            FROM account a LEFT JOIN credential c ON c.account = a.id WHERE a.host = $1 AND a.local = $2 ORDER BY c.position
            """,
            row => (Created: Micros.ToTime(row.Int64(0)), Credential: row.IsNull(1) ? null : new ScramCredential(row.Text(1), row.Blob(2), (int)row.Int64(3), row.Blob(4), row.Blob(5))),
            ct, account.Domain, account.Local).ConfigureAwait(false);
        return rows.Count == 0 ? null : new StoredAccount(account.Bare, [.. rows.Select(row => row.Credential).OfType<ScramCredential>()], rows[0].Created);
    }

    public async ValueTask<bool> TryCreateAsync(StoredAccount account, CancellationToken ct)
    {
        var (host, local) = Key(account.Jid);
        return await queue.Run(new SqlWork<bool>(
            session =>
            {
                var created = session.Execute(
                    "INSERT INTO account (host, local, created) VALUES ($1, $2, $3) ON CONFLICT (host, local) DO NOTHING", host, local, Micros.From(account.Created)) > 0;
                if (created) Insert(session, FindId(session, host, local)!.Value, account.Credentials);
                return created;
            },
            WriteKinds.Accounts)).WaitAsync(ct).ConfigureAwait(false);
    }

    public async ValueTask<bool> TryReplaceCredentialsAsync(Jid account, IReadOnlyList<ScramCredential> credentials, CancellationToken ct)
    {
        var (host, local) = Key(account);
        return await queue.Run(new SqlWork<bool>(
            session =>
            {
                if (FindId(session, host, local) is not { } id) return false;
                session.Execute("DELETE FROM credential WHERE account = $1", id);
                Insert(session, id, credentials);
                return true;
            },
            WriteKinds.Accounts)).WaitAsync(ct).ConfigureAwait(false);
    }

    public async ValueTask<bool> DeleteAsync(Jid account, CancellationToken ct)
    {
        var (host, local) = Key(account);
        return await queue.Run(new SqlWork<bool>(
            session =>
            {
                LogErasure.Run(session, account);
                return session.Execute("DELETE FROM account WHERE host = $1 AND local = $2", host, local) > 0;
            },
            WriteKinds.Accounts | WriteKinds.Log, endsBatch: true)).WaitAsync(ct).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<Jid>> ListAsync(string host, CancellationToken ct)
    {
        await queue.WaitForAsync(WriteKinds.Accounts, ct).ConfigureAwait(false);
        return await dialect.ReadAsync(
            "SELECT local FROM account WHERE host = $1 ORDER BY local", row => Jid.Parse($"{row.Text(0)}@{host}"), ct, host).ConfigureAwait(false);
    }

    private static (string Host, string Local) Key(Jid account) =>
        (account.Domain, account.Local ?? throw new ArgumentException($"'{account}' is not an account", nameof(account)));

    private static long? FindId(ISqlSession session, string host, string local) =>
        session.Query("SELECT id FROM account WHERE host = $1 AND local = $2", row => (long?)row.Int64(0), host, local).FirstOrDefault();

    private static void Insert(ISqlSession session, long account, IReadOnlyList<ScramCredential> credentials)
    {
        for (var i = 0; i < credentials.Count; i++)
        {
            var credential = credentials[i];
            session.Execute(
                "INSERT INTO credential (account, position, mechanism, salt, iterations, stored_key, server_key) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                account, (long)i, credential.Mechanism, credential.Salt, (long)credential.Iterations, credential.StoredKey, credential.ServerKey);
        }
    }
}
