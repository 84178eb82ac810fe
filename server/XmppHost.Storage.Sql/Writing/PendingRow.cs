namespace XmppHost.Storage.Sql.Writing;

/// <summary>A row to insert, with where it belongs by now; <see cref="Row"/> is null when it was removed before it was written.</summary>
internal struct PendingRow(LogRow row)
{
    internal LogRow? Row = row;
    internal long? Stream = row.Stream;
    internal ulong Sequence = row.Sequence;
}
