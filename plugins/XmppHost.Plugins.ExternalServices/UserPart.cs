namespace XmppHost.Plugins.ExternalServices;

/// <summary>What stands after the time in a username that was made.</summary>
internal enum UserPart
{
    None,

    /// <summary>The same for an account every time, so that the service can have quotas, and no name.</summary>
    Pseudonym,

    /// <summary>The account's bare JID.</summary>
    Account,
}
