using XmppHost.Addressing;
using XmppHost.Storage.Sql.Dialects;

namespace XmppHost.Storage.Sql;

/// <summary>Everything that the message log and the archive have of an account, its address included.</summary>
internal static class LogErasure
{
    // The address goes first: another process that appends for it holds the address's row, so the rows it wrote are seen below.
    private static readonly string[] Statements =
    [
        "DELETE FROM address WHERE id = $1",
        "DELETE FROM log WHERE account = $1 AND stream IS NULL",
        "DELETE FROM log WHERE account = $1 AND stream IS NOT NULL",
        "DELETE FROM stream WHERE account = $1",
        "DELETE FROM archive WHERE account = $1",
    ];

    internal static bool Run(ISqlSession session, Jid account)
    {
        var ids = session.Query("SELECT id FROM address WHERE jid = $1", row => row.Int64(0), account.Bare.ToString());
        if (ids.Count == 0) return false;
        foreach (var statement in Statements) session.Execute(statement, ids[0]);
        return true;
    }
}
