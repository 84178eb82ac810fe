namespace XmppHost.Storage.Sql.Dialects.PostgreSql;

/// <summary>
/// Several servers may share the database, and their ids must not meet: each holds one of 16 numbers as an advisory lock of its writing connection, and gives out the ids that leave
/// this number when divided by 16. That is still 62,500 ids a second before they run ahead of the clock.
/// </summary>
internal sealed class IdSlots(IdSource ids)
{
    private const int Count = 16;

    // "XMPP": the advisory locks of other programs in the same database are elsewhere.
    private const long LockClass = 0x584d5050;

    private int _slot;

    /// <summary>Takes the slot it had before, if nobody else has got it meanwhile, else another one.</summary>
    internal void Take(ISqlSession session)
    {
        for (var i = 0; i < Count; i++)
        {
            var slot = (_slot + i) % Count;
            if (session.Query("SELECT pg_try_advisory_lock($1::int, $2::int)::int::bigint", row => row.Int64(0), LockClass, (long)slot)[0] == 0) continue;
            _slot = slot;
            ids.UseSlot(slot, Count);
            return;
        }

        throw new StorageException($"{Count} servers use this database already");
    }
}
