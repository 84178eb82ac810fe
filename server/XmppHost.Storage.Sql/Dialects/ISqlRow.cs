namespace XmppHost.Storage.Sql.Dialects;

/// <summary>The current row of a result; columns count from 0 and are not null unless <see cref="IsNull"/> was asked.</summary>
internal interface ISqlRow
{
    bool IsNull(int column);

    long Int64(int column);

    string Text(int column);

    byte[] Blob(int column);
}
