namespace XmppHost.Storage.Sql.Writing;

/// <summary>What a batch touches, so that a read waits only for batches that concern it.</summary>
[Flags]
internal enum WriteKinds
{
    None = 0,
    Log = 1,
    Accounts = 2,
    Values = 4,
    Uploads = 8,
    Archive = 16,
}
