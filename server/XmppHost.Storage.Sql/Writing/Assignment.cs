namespace XmppHost.Storage.Sql.Writing;

/// <summary>Where a row belongs: <see cref="IMessageLog.Assign"/>.</summary>
internal readonly record struct Assignment(long? Stream, ulong Sequence);
