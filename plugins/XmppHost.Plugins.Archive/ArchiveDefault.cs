namespace XmppHost.Plugins.Archive;

/// <summary>XEP-0441 section 2.1: messages of a contact that is on neither list.</summary>
internal enum ArchiveDefault
{
    Always,
    Never,

    /// <summary>Only where the contact is in the roster.</summary>
    Roster,
}
