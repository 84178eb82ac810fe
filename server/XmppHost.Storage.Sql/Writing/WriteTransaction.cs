namespace XmppHost.Storage.Sql.Writing;

/// <summary>Writes batches, in order, and the new id floor if there is one, in one transaction.</summary>
internal delegate void WriteTransaction(IReadOnlyList<WriteBatch> batches, long? idFloor);
