namespace XmppHost.Scripting;

/// <summary>The kinds of <see cref="StreamItem"/>.</summary>
public enum StreamItemKind
{
    Element,
    StreamOpen,

    /// <summary><c>&lt;/stream:stream&gt;</c>.</summary>
    StreamClose,

    /// <summary>The peer closed or reset the connection.</summary>
    ConnectionClosed,

    /// <summary>What came is not XMPP.</summary>
    Unreadable,
}
