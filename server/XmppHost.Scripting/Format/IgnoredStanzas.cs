namespace XmppHost.Scripting;

/// <summary>What <c>ignore:</c> can name.</summary>
[Flags]
public enum IgnoredStanzas
{
    None = 0,

    /// <summary><c>presence</c>: every presence stanza.</summary>
    Presence = 1,

    /// <summary><c>roster pushes</c>: RFC 6121 section 2.1.6.</summary>
    RosterPushes = 2,

    /// <summary><c>acks</c>: requests and answers of XEP-0198.</summary>
    Acks = 4,

    /// <summary><c>messages</c>: every message, for instance a server's welcome.</summary>
    Messages = 8,
}
