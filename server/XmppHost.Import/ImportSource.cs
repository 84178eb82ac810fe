namespace XmppHost.Import;

/// <summary>The server whose config is read.</summary>
public enum ImportSource
{
    Prosody,
    Ejabberd,
    MongooseIM,
}
